// messages: every word of the interface, in English and Russian, and how numbers and dates are written.

const WORDS = {
  en: {
    search: 'Search names', searchHint: 'Search people, places, organizations…', nothing: 'No name matches',
    graph: 'Graph', table: 'Table', map: 'Map', timeline: 'Timeline', view: 'View',
    filters: 'Filters', undo: 'Undo', reset: 'Reset filters', save: 'Export', help: 'Keys and help', theme: 'Light or dark', close: 'Close', language: 'По-русски',
    types: 'Entities', relations: 'Relations', sectors: 'Sectors', publishers: 'Publishers', statuses: 'Status', groups: 'Communities', oneGroup: 'Community', time: 'Time', sure: 'Confidence', look: 'Appearance',
    only: 'only', onlyThis: 'Only {name}', all: 'all', more: '{count} more', less: 'fewer',
    valid: 'Holds', published: 'Published', from: 'From', to: 'To', anytime: 'any time', undated: 'Undated facts stay while the whole range is chosen.',
    atLeast: 'at least {value}%', size: 'Size by', rank: 'importance', degree: 'connections', bridge: 'bridging', same: 'all the same', color: 'Colour by', type: 'type', group: 'community',
    asserted: 'asserted', denied: 'denied', planned: 'planned', possible: 'possible', reported: 'reported', past: 'past',
    entities: { one: '{count} entity', other: '{count} entities' }, facts: { one: '{count} fact', other: '{count} facts' }, articles: { one: '{count} article', other: '{count} articles' }, steps: { one: '{count} step', other: '{count} steps' },
    shown: '{nodes} of {allNodes} entities · {facts} of {allFacts} facts', part: 'This page holds the {nodes} best connected of {whole} entities.',
    zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Show all', stage: 'Graph. Arrow keys go from entity to entity, plus and minus zoom, H hides, P pins. Press the question mark for all keys.',
    overview: 'Overview', start: 'Search a name, or begin with one of these.', connected: 'Best connected', details: 'Details', alsoKnown: 'Also known as', elsewhere: 'Elsewhere',
    hops: 'Neighbourhood', hop: { one: '{count} step', other: '{count} steps' }, off: 'off', pathTo: 'Path to…', pin: 'Pin', unpin: 'Unpin', hide: 'Hide', showHidden: 'Show hidden ({count})', centre: 'Centre', copy: 'Copy link', copied: 'Link copied',
    saysWords: 'Facts that say “{words}”', ofArticle: 'All facts of this article', articlesTab: 'Articles', title: 'Title', publisher: 'Publisher', link: 'Link', sourcesHead: 'Sources', takeOff: 'Take off: {name}',
    evidence: 'Evidence', noEvidence: 'No sentence is kept for this fact.', confidence: 'confidence', read: 'Read by {rule}, {score}%', according: 'According to', openFact: 'Open fact', sources: { one: '{count} source', other: '{count} sources' }, moreEvidence: '{count} more sentences',
    hiddenByFilters: { one: '{count} fact is hidden by filters', other: '{count} facts are hidden by filters' }, noFacts: 'No facts under the filters.', noneVisible: 'The filters leave nothing to show.',
    path: 'Path', pathFrom: 'From', pathHint: 'Choose the other end', noPath: 'Nothing connects the two under the current filters.', alternatives: 'Shortest and alternative paths', lead: 'A path is a lead, not a proof: read the sentence of every step.', clearPath: 'Clear path',
    name: 'Name', subject: 'Subject', relation: 'Relation', object: 'Object', date: 'Date', status: 'Status', sentence: 'Sentence', factsHead: 'Facts', articlesHead: 'Articles', entitiesTab: 'Entities', factsTab: 'Facts', page: '{from}–{to} of {all}', previous: 'Previous', next: 'Next', sortBy: 'Sort by {name}', visible: 'What is visible',
    png: 'Picture (PNG)', svg: 'Drawing (SVG)', csv: 'Table of facts (CSV)', ttl: 'Linked data (Turtle)', graphml: 'Graph (GraphML)', print: 'Print', exported: 'Saved {file}',
    noPlaces: 'None of the visible entities has coordinates.', located: { one: '{count} located entity', other: '{count} located entities' }, noDates: 'None of the visible facts is dated.', dated: '{dated} of {all} visible facts are dated', lanes: 'Timeline of facts. Left and right arrows go from fact to fact, up and down change the relation.',
    keysTitle: 'Keys', key_search: 'Search', key_move: 'Next entity in that direction', key_pan: 'Move the picture', key_zoom: 'Zoom in, out, show all', key_enter: 'Open what is focused', key_next: 'Next and previous neighbour', key_hops: 'Neighbourhood of 1, 2, 3 steps, off', key_pin: 'Pin or unpin', key_hide: 'Hide', key_undo: 'Undo', key_views: 'Graph, table, map, timeline', key_escape: 'Let go of the selection', key_help: 'This help',
    broken: 'The data in this page cannot be read: {reason}', old: 'this browser cannot unpack compressed data; any browser from 2023 on can.', loading: 'Reading…', untitled: 'Untitled article', undatedFact: 'undated', selected: 'Selected: {name}', hiddenOne: 'Hidden: {name}', pinned: 'Pinned: {name}', inverse: 'by', of: 'of', noPublisher: 'no publisher', hiddenFacts: 'show them',
  },
  ru: {
    search: 'Поиск имён', searchHint: 'Искать людей, места, организации…', nothing: 'Ничего не найдено',
    graph: 'Граф', table: 'Таблица', map: 'Карта', timeline: 'Время', view: 'Вид',
    filters: 'Фильтры', undo: 'Отменить', reset: 'Сбросить фильтры', save: 'Сохранить', help: 'Клавиши и справка', theme: 'Светлая или тёмная', close: 'Закрыть', language: 'In English',
    types: 'Объекты', relations: 'Связи', sectors: 'Отрасли', publishers: 'Издания', statuses: 'Статус', groups: 'Сообщества', oneGroup: 'Сообщество', time: 'Время', sure: 'Достоверность', look: 'Вид графа',
    only: 'только', onlyThis: 'Только {name}', all: 'все', more: 'ещё {count}', less: 'меньше',
    valid: 'Действует', published: 'Опубликовано', from: 'С', to: 'По', anytime: 'любое время', undated: 'Факты без даты видны, пока выбран весь срок.',
    atLeast: 'не ниже {value} %', size: 'Размер', rank: 'важность', degree: 'число связей', bridge: 'посредничество', same: 'одинаковый', color: 'Цвет', type: 'тип', group: 'сообщество',
    asserted: 'утверждается', denied: 'отрицается', planned: 'планируется', possible: 'возможно', reported: 'сообщается', past: 'в прошлом',
    entities: { one: '{count} объект', few: '{count} объекта', other: '{count} объектов' }, facts: { one: '{count} факт', few: '{count} факта', other: '{count} фактов' }, articles: { one: '{count} статья', few: '{count} статьи', other: '{count} статей' }, steps: { one: '{count} шаг', few: '{count} шага', other: '{count} шагов' },
    shown: 'объекты: {nodes} из {allNodes} · факты: {facts} из {allFacts}', part: 'На странице {nodes} самых связанных из {whole} объектов.',
    zoomIn: 'Приблизить', zoomOut: 'Отдалить', fit: 'Показать всё', stage: 'Граф. Стрелки ведут от объекта к объекту, плюс и минус меняют масштаб, H скрывает, P закрепляет. Вопросительный знак — все клавиши.',
    overview: 'Обзор', start: 'Найдите имя или начните с одного из этих.', connected: 'Больше всего связей', details: 'Подробности', alsoKnown: 'Другие имена', elsewhere: 'В других источниках',
    hops: 'Окружение', hop: { one: '{count} шаг', few: '{count} шага', other: '{count} шагов' }, off: 'нет', pathTo: 'Путь к…', pin: 'Закрепить', unpin: 'Открепить', hide: 'Скрыть', showHidden: 'Показать скрытые ({count})', centre: 'В центр', copy: 'Ссылка', copied: 'Ссылка скопирована',
    saysWords: 'Факты со словами «{words}»', ofArticle: 'Все факты этой статьи', articlesTab: 'Статьи', title: 'Название', publisher: 'Издание', link: 'Ссылка', sourcesHead: 'Источники', takeOff: 'Снять: {name}',
    evidence: 'Источники', noEvidence: 'У этого факта нет сохранённого предложения.', confidence: 'достоверность', read: 'Прочитано: {rule}, {score} %', according: 'По словам', openFact: 'Открыть факт', sources: { one: '{count} источник', few: '{count} источника', other: '{count} источников' }, moreEvidence: 'ещё предложений: {count}',
    hiddenByFilters: { one: '{count} факт скрыт фильтрами', few: '{count} факта скрыты фильтрами', other: '{count} фактов скрыты фильтрами' }, noFacts: 'При этих фильтрах фактов нет.', noneVisible: 'Фильтры ничего не оставили.',
    path: 'Путь', pathFrom: 'От', pathHint: 'Выберите второй конец', noPath: 'При этих фильтрах их ничто не связывает.', alternatives: 'Кратчайшие и другие пути', lead: 'Путь — наводка, а не доказательство: прочтите предложение каждого шага.', clearPath: 'Убрать путь',
    name: 'Имя', subject: 'Субъект', relation: 'Связь', object: 'Объект', date: 'Дата', status: 'Статус', sentence: 'Предложение', factsHead: 'Факты', articlesHead: 'Статьи', entitiesTab: 'Объекты', factsTab: 'Факты', page: '{from}–{to} из {all}', previous: 'Назад', next: 'Вперёд', sortBy: 'Упорядочить: {name}', visible: 'Что видно',
    png: 'Снимок (PNG)', svg: 'Рисунок (SVG)', csv: 'Таблица фактов (CSV)', ttl: 'Связанные данные (Turtle)', graphml: 'Граф (GraphML)', print: 'Печать', exported: 'Сохранено: {file}',
    noPlaces: 'У видимых объектов нет координат.', located: { one: '{count} объект на карте', few: '{count} объекта на карте', other: '{count} объектов на карте' }, noDates: 'У видимых фактов нет дат.', dated: 'с датой: {dated} из {all} видимых фактов', lanes: 'Факты во времени. Стрелки влево и вправо ведут от факта к факту, вверх и вниз — к другой связи.',
    keysTitle: 'Клавиши', key_search: 'Поиск', key_move: 'К соседнему объекту в этом направлении', key_pan: 'Сдвинуть картину', key_zoom: 'Ближе, дальше, показать всё', key_enter: 'Открыть', key_next: 'Следующий и предыдущий сосед', key_hops: 'Окружение в 1, 2, 3 шага, без него', key_pin: 'Закрепить или открепить', key_hide: 'Скрыть', key_undo: 'Отменить', key_views: 'Граф, таблица, карта, время', key_escape: 'Снять выделение', key_help: 'Эта справка',
    broken: 'Данные этой страницы не читаются: {reason}', old: 'этот браузер не распаковывает сжатые данные; любой браузер с 2023 года умеет.', loading: 'Чтение…', untitled: 'Статья без названия', undatedFact: 'без даты', selected: 'Выбрано: {name}', hiddenOne: 'Скрыто: {name}', pinned: 'Закреплено: {name}', inverse: '←', of: 'из', noPublisher: 'издание не указано', hiddenFacts: 'показать',
  },
};

// Names of qualifiers; one that is not listed is shown as it is.
const TOLD = {
  ru: { role: 'должность', date: 'дата', from: 'с', to: 'по', value: 'значение', amount: 'сумма', currency: 'валюта', reason: 'за что', giver: 'вручил', place: 'место', mode: 'транспорт', operator: 'оператор', kind: 'вид', period: 'период', change: 'изменение' },
};

let language = 'en';

/** The words for a key; `{count}` chooses the plural, other braces are filled from `values`. */
function t(key, values = {}) {
  let text = WORDS[language][key] ?? WORDS.en[key] ?? key;
  if (typeof text === 'object') text = text[new Intl.PluralRules(language).select(values.count)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (_, field) => {
    const value = values[field];
    return typeof value === 'number' ? value.toLocaleString(language) : String(value);
  });
}

/** The label of a type or relation in the reader's language. */
const label = (item) => item.label[language] ?? item.label.en ?? item.name;

const toldName = (key) => TOLD[language]?.[key] ?? key;

const DAY = 86400000;
const pad = (number, width = 2) => String(number).padStart(width, '0');

/** A date as precise as it is known: `2026`, `2026-02` or `2026-02-27`; anything else is shown unchanged. */
function showDate(text) {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text);
  if (!found) return text;
  const moment = Date.UTC(+found[1], found[2] ? +found[2] - 1 : 0, found[3] ? +found[3] : 1);
  const parts = { year: 'numeric', month: found[2] ? (found[3] ? 'short' : 'long') : undefined, day: found[3] ? 'numeric' : undefined };
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { ...parts, timeZone: 'UTC' }).format(moment);
}

/** A day counted from 1970-01-01, as ISO. */
const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** The ISO date of a day, or null for text that is no date. */
const dayOf = (iso) => (/^\d{4}-\d\d-\d\d/.test(iso) && !Number.isNaN(Date.parse(iso.slice(0, 10))) ? Math.round(Date.parse(iso.slice(0, 10)) / DAY) : null);
