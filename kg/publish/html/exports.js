function saveCSV() {}
function saveTurtle() {}
function saveGraphML() {}
