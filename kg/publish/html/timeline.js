function showTimeline() {}
function markTimeline() {}
