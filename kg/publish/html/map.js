const M = { x: null, y: null, node: new Uint8Array(0), fact: new Uint8Array(0), located: 0 };
function locate() {}
function paintWorld() {}
function routeAt() { return -1; }
