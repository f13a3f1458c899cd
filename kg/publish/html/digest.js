// digest: the ids of facts, which are hashes of what they claim; computed here, as they would be a sixth of the page.

const ROUNDS = (() => {
  const fraction = (value) => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  return { start: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))), keys: primes.map((prime) => fraction(Math.cbrt(prime))) };
})();

/** SHA-256 (FIPS 180-4) of a text in UTF-8, as hexadecimal digits. */
function sha256(text) {
  const content = new TextEncoder().encode(text);
  const length = ((content.length + 8) >> 6) * 64 + 64;
  const block = new DataView(new ArrayBuffer(length));
  new Uint8Array(block.buffer).set(content);
  block.setUint8(content.length, 0x80);
  block.setUint32(length - 8, Math.floor((content.length * 8) / 2 ** 32));
  block.setUint32(length - 4, (content.length * 8) >>> 0);
  const hash = Int32Array.from(ROUNDS.start);
  const w = new Int32Array(64);
  for (let at = 0; at < length; at += 64) mix(hash, w, block, at);
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const turn = (word, by) => (word >>> by) | (word << (32 - by));

function mix(hash, w, block, at) {
  for (let i = 0; i < 16; i++) w[i] = block.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const [a, b] = [w[i - 15], w[i - 2]];
    w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS.keys[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { hash[i] += word; });
}

/** The id of a fact, the same as everywhere else in the project. */
function factId(fact) {
  const values = (G.told[fact] ?? []).filter(([key]) => key === 'value').map(([, value]) => value);
  const claim = [G.id[G.s[fact]], G.relations[G.r[fact]].name, G.id[G.o[fact]], G.statuses[G.status[fact]], ...values];
  return G.strange[fact] ?? sha256(JSON.stringify(claim)).slice(0, 16);
}

/** The fact with an id, or -1. */
function factNumber(id) {
  for (let f = 0; f < G.m; f++) if (factId(f) === id) return f;
  return -1;
}
