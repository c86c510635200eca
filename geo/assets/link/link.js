// The link between Streamlit and the map's iframe; geo/maps/__init__.py tells the whole way.
//
// It speaks Streamlit's protocol for components: a render message brings the arguments, a value message takes a click back.
"use strict";

(() => {
  const link = { args: null, theme: null };

  const tell = (type, data) => window.parent.postMessage({ isStreamlitMessage: true, type, ...data }, "*");

  const maps = () => {
    const found = [];
    for (let i = 0; i < window.parent.frames.length; i += 1) {
      try {
        const map = window.parent.frames[i].strikemap;
        if (map) found.push(map);
      } catch {
        // A frame of another origin: somebody else's component.
      }
    }
    return found;
  };

  link.push = () => {
    if (link.args === null) return;
    for (const map of maps()) map.receive(link.args, link.theme);
  };

  link.click = (value) => {
    if (link.args !== null && link.args.channel === "view") {
      tell("streamlit:setComponentValue", { value, dataType: "json" });
    }
  };

  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.data === null || event.data.type !== "streamlit:render") return;
    link.args = event.data.args;
    link.theme = event.data.theme || null;
    link.push();
  });

  window.strikemapLink = link;
  tell("streamlit:componentReady", { apiVersion: 1 });
  tell("streamlit:setFrameHeight", { height: 0 });
})();
