function savePNG() {}
function saveSVG() {}
