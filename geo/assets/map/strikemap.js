// The layer that draws claims; geo/maps/__init__.py tells how it learns what to draw.
//
// A point is a mark with the circle within which the place honestly lies. An area is a hatched shape with its count on a
// squared label, never a mark. Claims at one place are counted there. Marks that would lie over each other are drawn
// together where the largest of them stands: no position is made up. Words reach the page by fillText and textContent only.
//
// It is one file, long as it is: streamlit-folium loads scripts one after the other, and the first map waits for each.
/* global L */
/* exported StrikeMapLayer */
"use strict";

const StrikeMapLayer = (() => {
  const TAU = 2 * Math.PI;
  const MERGE_PX = 26;
  const MARK_PX = 7;
  const SMALL_AREA_PX = 28;
  const REACH_PX = 5;
  const FIT_ZOOM = 9;
  const LEAST_PX = 100;
  const LEGEND_PX = 180;
  const LABEL_ZOOM = 6;
  const FONT = '12px "Source Sans", "Segoe UI", system-ui, sans-serif';
  const SMALL_FONT = '11px "Source Sans", "Segoe UI", system-ui, sans-serif';
  const BOLD_FONT = 'bold 11px "Source Sans", "Segoe UI", system-ui, sans-serif';
  const METRES_PER_PX_AT_0 = 156543.03392804097;

  const THEMES = {
    light: { sea: "#e4eaf0", land: "#fbfbf9", border: "#a9b1bb", ink: "#1f2937", quiet: "#6b7280", halo: "#fbfbf9", edge: "#ffffff", paper: "#ffffff" },
    dark: { sea: "#0e141b", land: "#1c242d", border: "#46515e", ink: "#e5e7eb", quiet: "#9aa4b1", halo: "#141b22", edge: "#0b0f14", paper: "#1c242d" },
  };

  const polygons = (shape) => {
    if (!shape) return [];
    if (shape.type === "Polygon") return [shape.coordinates];
    if (shape.type === "MultiPolygon") return shape.coordinates;
    return [];
  };

  const darkOn = (colour) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    return 0.299 * r + 0.587 * g + 0.114 * b > 140;
  };

  const outline = (ctx, shape, x, y, r) => {
    const corners = { triangle: 3, diamond: 4, pentagon: 5, hexagon: 6 }[shape];
    ctx.beginPath();
    if (shape === "square") {
      ctx.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
    } else if (shape === "cross") {
      const a = 0.38 * r;
      const steps = [[-a, -r], [a, -r], [a, -a], [r, -a], [r, a], [a, a], [a, r], [-a, r], [-a, a], [-r, a], [-r, -a], [-a, -a]];
      steps.forEach(([dx, dy], i) => (i ? ctx.lineTo(x + dx, y + dy) : ctx.moveTo(x + dx, y + dy)));
      ctx.closePath();
    } else if (corners) {
      const size = shape === "triangle" ? 1.25 * r : 1.1 * r;
      const drop = shape === "triangle" ? 0.2 * r : 0;
      for (let i = 0; i < corners; i += 1) {
        const angle = -Math.PI / 2 + (i * TAU) / corners;
        const to = [x + size * Math.cos(angle), y + drop + size * Math.sin(angle)];
        if (i) ctx.lineTo(...to);
        else ctx.moveTo(...to);
      }
      ctx.closePath();
    } else {
      ctx.arc(x, y, r, 0, TAU);
    }
  };

  const drawShape = (ctx, category, x, y, r, theme) => {
    outline(ctx, category.shape, x, y, r);
    if (category.shape === "ring") {
      ctx.fillStyle = theme.paper;
      ctx.fill();
      ctx.lineWidth = 3;
      ctx.strokeStyle = category.colour;
    } else {
      ctx.fillStyle = category.colour;
      ctx.fill();
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = theme.edge;
    }
    ctx.stroke();
  };

  const write = (ctx, text, x, y, { font, colour, halo, align = "center" }) => {
    ctx.font = font;
    ctx.textAlign = align;
    ctx.textBaseline = "middle";
    if (halo) {
      ctx.lineJoin = "round";
      ctx.lineWidth = 3;
      ctx.strokeStyle = halo;
      ctx.strokeText(text, x, y);
    }
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  };

  const hatch = (ctx, colours, alpha) => {
    const step = 7;
    const tile = document.createElement("canvas");
    tile.width = step * colours.length;
    tile.height = tile.width;
    const pen = tile.getContext("2d");
    pen.globalAlpha = alpha;
    pen.lineWidth = 2;
    for (let i = -colours.length; i <= colours.length; i += 1) {
      pen.strokeStyle = colours[(i + 2 * colours.length) % colours.length];
      pen.beginPath();
      pen.moveTo(i * step - 2, tile.height + 2);
      pen.lineTo(i * step + tile.height + 2, -2);
      pen.stroke();
    }
    return ctx.createPattern(tile, "repeat");
  };

  return L.Layer.extend({
    initialize(options) {
      this._land = options.land;
      this._data = null;
      this._view = null;
      this._theme = THEMES.light;
      this._fitted = null;
      this._points = [];
      this._areas = [];
      this._marks = [];
      this._named = [];
      this._drawn = 0;
    },

    onAdd(map) {
      map.createPane("strikemap-land").style.zIndex = 150;
      const pane = map.createPane("strikemap-claims");
      pane.style.zIndex = 450;
      pane.style.pointerEvents = "none";
      this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", pane);
      this._canvas.setAttribute("role", "img");
      this._tip = L.DomUtil.create("div", "strikemap-tip", map.getContainer());
      this._tip.setAttribute("role", "status");
      this._legend = this._addLegend(map);
      L.control.scale({ imperial: false }).addTo(map);
      map.attributionControl.setPrefix("Leaflet");
      map.attributionControl.addAttribution("Land and borders: Natural Earth; no statement on status");
      map.on("move viewreset resize zoomend", this._later, this);
      map.on("zoomanim", this._animate, this);
      map.on("click", this._click, this);
      map.on("mousemove", this._hover, this);
      map.on("mouseout movestart zoomstart", () => this._tip.classList.remove("shown"));
      // On a touch screen one finger scrolls the page; two move the map. Else nobody gets past a map as tall as the screen.
      if (window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
      if (window.frameElement) window.frameElement.title = "Map of reported strikes";
      new ResizeObserver(() => this._resized()).observe(map.getContainer());
      this._paint();
      this._fetchLand();
      this._askLinks();
    },

    _resized() {
      this._map.invalidateSize({ pan: false });
      this._fitOnce();
      this._later();
    },

    // What the link calls.

    receive(args, theme) {
      if (theme && theme.base && THEMES[theme.base] !== this._theme) {
        this._theme = THEMES[theme.base] || THEMES.light;
        this._paint();
      }
      if (args.channel === "dataset") this._setDataset(args);
      else this._setView(args);
    },

    // What a test or a curious reader may ask.

    counts() {
      const of = (list) => list.reduce((sum, item) => sum + item.total, 0);
      return {
        digest: this._data ? this._data.digest : null,
        rows: this._data ? this._data.rows : 0,
        claims: of(this._points) + of(this._areas),
        points: of(this._points),
        areas: of(this._areas),
        places: this._points.map((p) => p.place.label),
        area_places: this._areas.map((a) => a.place.label),
        marks: this._marks.length,
        named: this._named.length,
        chosen: this._view ? this._view.chosen.length : 0,
        land: this._landLayer ? this._landLayer.getLayers().length : 0,
        drawn: this._drawn,
        zoom: this._map.getZoom(),
      };
    },

    locate(label) {
      const all = this._points.concat(this._areas);
      const found = all.find((item) => item.place.label === label);
      if (!found) return null;
      const at = this._map.latLngToContainerPoint([found.place.lat, found.place.lon]);
      return { x: at.x, y: at.y };
    },

    // What there is.

    _setDataset(args) {
      if (this._data && this._data.digest === args.digest) return;
      const data = JSON.parse(args.header);
      data.digest = args.digest;
      const bytes = args.columns ? Uint8Array.from(args.columns) : new Uint8Array(0);
      data.placeOf = new Uint32Array(bytes.buffer, 0, data.rows);
      data.codes = data.palettes.map((_, i) => bytes.subarray((4 + i) * data.rows, (5 + i) * data.rows));
      data.rowsAt = data.places.map(() => []);
      data.placeOf.forEach((place, row) => data.rowsAt[place].push(row));
      this._data = data;
      this._gather();
    },

    _setView(args) {
      const before = this._view ? String(this._view.chosen) : "";
      this._view = { ...args, mask: Uint8Array.from(window.atob(args.rows), (letter) => letter.charCodeAt(0)) };
      this._setTiles(args.tiles_url, args.tiles_attribution);
      this._gather();
      if (args.chosen.length && String(args.chosen) !== before && args.digest === this._fitted) this._reveal(args.chosen);
    },

    _shows(row) {
      return (this._view.mask[row >> 3] >> (row & 7)) & 1;
    },

    _gather() {
      if (!this._data || !this._view || this._data.digest !== this._view.digest) return;
      const { places, rowsAt, palettes, codes } = this._data;
      const palette = palettes[this._view.palette];
      const code = codes[this._view.palette];
      const chosen = new Set(this._view.chosen);
      this._points = [];
      this._areas = [];
      places.forEach((place, index) => {
        const parts = palette.categories.map(() => 0);
        const rows = rowsAt[index].filter((row) => this._shows(row));
        if (!rows.length) return;
        for (const row of rows) parts[code[row]] += 1;
        const item = { place, rows, parts, total: rows.length, chosen: rows.some((row) => chosen.has(row)) };
        (place.kind === "area" ? this._areas : this._points).push(item);
      });
      this._points.sort((a, b) => b.total - a.total);
      this._named = this._view.show_named ? this._data.named : [];
      this._fillLegend(palette);
      const shown = this._points.concat(this._areas);
      this._canvas.setAttribute("aria-label", `${shown.reduce((n, i) => n + i.total, 0)} claims at ${shown.length} places. The table below lists them.`);
      this._fitOnce();
      this._later();
    },

    _bounds(place) {
      const bounds = L.latLngBounds([]);
      for (const rings of polygons(place.shape)) for (const [lon, lat] of rings[0]) bounds.extend([lat, lon]);
      return bounds.isValid() ? bounds : L.latLng(place.lat, place.lon).toBounds(2000 * Math.max(place.radius_km, 1));
    },

    // Once for each data set, and only when the frame has its size: a map of no width fits everything at any zoom.
    _fitOnce() {
      if (!this._data || !this._view || this._fitted === this._data.digest || this._view.digest !== this._data.digest) return;
      const size = this._map.invalidateSize({ pan: false }).getSize();
      if (size.x < LEAST_PX || size.y < LEAST_PX) return;
      this._fitted = this._data.digest;
      if (this._legendKept === undefined) this._legendKept = this._legend.open = size.x > 440;
      const shown = this._points.concat(this._areas);
      if (!shown.length) return;
      const bounds = L.latLngBounds([]);
      for (const item of shown) bounds.extend(this._bounds(item.place));
      this._map.fitBounds(bounds, { ...this._room(30), maxZoom: FIT_ZOOM, animate: false });
    },

    // Keeps what is to be seen out from under the legend, where there is room beside it. Its width is not measured: it would be
    // the whole map's until the style sheet has come.
    _room(margin) {
      const legend = this._legend.open && this._map.getSize().x > 500 ? LEGEND_PX : 0;
      return { paddingTopLeft: [margin, margin], paddingBottomRight: [margin + legend, margin] };
    },

    _reveal(rows) {
      const place = this._data.places[this._data.placeOf[rows[0]]];
      if (!this._map.getBounds().contains([place.lat, place.lon])) this._map.panTo([place.lat, place.lon]);
    },

    // The ground.

    async _fetchLand() {
      if (!this._land) return;
      const answer = await fetch(this._land);
      if (!answer.ok) return;
      const renderer = L.canvas({ pane: "strikemap-land", padding: 0.3 });
      this._landLayer = L.geoJSON(await answer.json(), { pane: "strikemap-land", interactive: false, renderer, style: (feature) => this._landStyle(feature) });
      this._landLayer.addTo(this._map);
    },

    // Countries are land without an outline; borders are lines of their own, dashed where they are disputed.
    _landStyle(feature) {
      if (feature.properties.kind === "border") {
        return { color: this._theme.border, weight: 1, dashArray: feature.properties.disputed ? "4 4" : null, fill: false };
      }
      return { color: this._theme.land, weight: 0.6, fillColor: this._theme.land, fillOpacity: 1 };
    },

    _setTiles(url, attribution) {
      if (!url || this._tiles) return;
      const safe = document.createElement("span");
      safe.textContent = attribution || "";
      this._tiles = L.tileLayer(url, { attribution: safe.innerHTML, maxZoom: this._map.getMaxZoom() }).addTo(this._map);
    },

    _paint() {
      if (!this._map) return;
      const box = this._map.getContainer();
      box.style.background = this._theme.sea;
      box.classList.toggle("strikemap-dark", this._theme === THEMES.dark);
      if (this._landLayer) this._landLayer.setStyle((feature) => this._landStyle(feature));
      this._later();
    },

    // Drawing.

    _later() {
      if (this._frame) return;
      this._frame = window.requestAnimationFrame(() => {
        this._frame = null;
        this._draw();
      });
    },

    _animate(event) {
      const map = this._map;
      const corner = map._latLngBoundsToNewLayerBounds(map.getBounds(), event.zoom, event.center).min;
      L.DomUtil.setTransform(this._canvas, corner, map.getZoomScale(event.zoom));
    },

    _draw() {
      const map = this._map;
      const size = map.getSize();
      const ratio = window.devicePixelRatio || 1;
      const canvas = this._canvas;
      if (canvas.width !== size.x * ratio || canvas.height !== size.y * ratio) {
        canvas.width = size.x * ratio;
        canvas.height = size.y * ratio;
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
      }
      L.DomUtil.setTransform(canvas, map.containerPointToLayerPoint([0, 0]), 1);
      const ctx = canvas.getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, size.x, size.y);
      if (!this._data || !this._view) return;
      this._labels = [];
      this._drawAreas(ctx);
      this._drawNamed(ctx);
      this._merge();
      for (const mark of this._marks) this._drawRadius(ctx, mark);
      for (const mark of this._marks.slice().reverse()) this._drawMark(ctx, mark);
      for (const area of this._areas) if (!area.small) this._drawCount(ctx, area);
      this._drawLabels(ctx);
      this._drawn += 1;
    },

    _categories() {
      return this._data.palettes[this._view.palette].categories;
    },

    _pixels(km, lat) {
      return (km * 1000) / ((METRES_PER_PX_AT_0 * Math.cos((lat * Math.PI) / 180)) / 2 ** this._map.getZoom());
    },

    _pathOf(area) {
      const path = new Path2D();
      const shapes = polygons(area.place.shape);
      for (const rings of shapes) {
        for (const ring of rings) {
          ring.forEach(([lon, lat], i) => {
            const at = this._map.latLngToContainerPoint([lat, lon]);
            if (i) path.lineTo(at.x, at.y);
            else path.moveTo(at.x, at.y);
          });
          path.closePath();
        }
      }
      if (!shapes.length) path.arc(area.at.x, area.at.y, Math.max(this._pixels(area.place.radius_km, area.place.lat), 6), 0, TAU);
      return path;
    },

    _drawAreas(ctx) {
      const zero = this._map.latLngToContainerPoint([0, 0]);
      for (const area of this._areas) {
        area.at = this._map.latLngToContainerPoint([area.place.lat, area.place.lon]);
        area.small = this._pixels(area.place.radius_km, area.place.lat) < SMALL_AREA_PX;
      }
      this._areas.sort((a, b) => b.place.radius_km - a.place.radius_km);
      for (const area of this._areas) {
        area.path = this._pathOf(area);
        const colours = this._categories().filter((_, i) => area.parts[i]).map((category) => category.colour);
        const pattern = hatch(ctx, colours, area.chosen ? 0.75 : 0.45);
        const tile = 7 * colours.length;
        pattern.setTransform(new DOMMatrix().translate(zero.x % tile, zero.y % tile));
        ctx.fillStyle = pattern;
        ctx.fill(area.path, "evenodd");
        ctx.lineWidth = area.chosen ? 2.5 : 1.25;
        ctx.strokeStyle = area.chosen || colours.length > 1 ? this._theme.ink : colours[0];
        ctx.setLineDash([6, 4]);
        ctx.stroke(area.path);
        ctx.setLineDash([]);
      }
    },

    // The count is a label, not a position: it makes way for marks.
    _drawCount(ctx, area) {
      const clear = (y) => this._marks.every((m) => Math.abs(m.at.x - area.at.x) > m.r + 12 || Math.abs(m.at.y - y) > m.r + 12);
      const room = this._pixels(area.place.radius_km, area.place.lat);
      const y = [0, 30, -30, 60, -60].filter((by) => Math.abs(by) < room).map((by) => area.at.y + by).find(clear) || area.at.y;
      area.box = { y, half: this._drawBadge(ctx, area, area.at.x, y) };
      this._pushAreaLabel(area, area.at.x, y);
    },

    _drawBadge(ctx, { total, parts, chosen }, x, y) {
      const text = String(total);
      ctx.font = BOLD_FONT;
      const half = Math.max(9, ctx.measureText(text).width / 2 + 5);
      const colours = this._categories().filter((_, i) => parts[i]).map((category) => category.colour);
      ctx.beginPath();
      ctx.rect(x - half, y - 9, 2 * half, 18);
      ctx.fillStyle = this._theme.paper;
      ctx.fill();
      ctx.lineWidth = chosen ? 2.5 : 1.5;
      ctx.setLineDash([4, 2]);
      ctx.strokeStyle = chosen || colours.length > 1 ? this._theme.ink : colours[0];
      ctx.stroke();
      ctx.setLineDash([]);
      write(ctx, text, x, y, { font: BOLD_FONT, colour: this._theme.ink });
      return half;
    },

    _pushAreaLabel(area, x, y) {
      this._labels.push({ text: area.place.label, x, y: y + 18, colour: this._theme.ink, font: `italic ${SMALL_FONT}`, align: "center" });
    },

    _drawNamed(ctx) {
      for (const named of this._named) {
        named.at = this._map.latLngToContainerPoint([named.lat, named.lon]);
        ctx.beginPath();
        if (named.kind === "area") {
          ctx.rect(named.at.x - 3, named.at.y - 3, 6, 6);
        } else {
          ctx.arc(named.at.x, named.at.y, 3, 0, TAU);
        }
        ctx.fillStyle = this._theme.paper;
        ctx.fill();
        ctx.lineWidth = 1.25;
        ctx.strokeStyle = this._theme.quiet;
        ctx.stroke();
      }
    },

    // Marks, and areas too small to be seen as such, within MERGE_PX of a larger one are drawn with it. The pixels are the world's, so panning changes nothing.
    _merge() {
      const zoom = this._map.getZoom();
      const cells = new Map();
      const cell = (x, y) => `${x}:${y}`;
      this._marks = [];
      const items = this._points.concat(this._areas.filter((area) => area.small)).sort((a, b) => b.total - a.total);
      for (const item of items) {
        const at = this._map.project([item.place.lat, item.place.lon], zoom);
        const [cx, cy] = [Math.floor(at.x / MERGE_PX), Math.floor(at.y / MERGE_PX)];
        let near = null;
        for (let dx = -1; dx <= 1 && !near; dx += 1) {
          for (let dy = -1; dy <= 1 && !near; dy += 1) {
            near = (cells.get(cell(cx + dx, cy + dy)) || []).find((mark) => mark.world.distanceTo(at) < MERGE_PX) || null;
          }
        }
        if (near) {
          near.items.push(item);
          item.parts.forEach((n, i) => (near.parts[i] += n));
          near.total += item.total;
          near.chosen = near.chosen || item.chosen;
        } else {
          const mark = { world: at, items: [item], parts: item.parts.slice(), total: item.total, chosen: item.chosen };
          this._marks.push(mark);
          cells.set(cell(cx, cy), (cells.get(cell(cx, cy)) || []).concat(mark));
        }
      }
      const corner = this._map.project(this._map.containerPointToLatLng([0, 0]), zoom);
      for (const mark of this._marks) {
        mark.at = mark.world.subtract(corner);
        mark.vague = mark.items.every((item) => item.place.kind === "area");
        mark.r = mark.total === 1 ? MARK_PX : Math.min(9 + 1.6 * Math.log2(mark.total), 22);
      }
    },

    _drawRadius(ctx, mark) {
      if (mark.items.length > 1 || mark.vague) return;
      const { place, parts } = mark.items[0];
      const r = this._pixels(place.radius_km, place.lat);
      if (r < mark.r + 3) return;
      const colours = this._categories().filter((_, i) => parts[i]).map((category) => category.colour);
      const colour = colours.length > 1 ? this._theme.quiet : colours[0];
      ctx.beginPath();
      ctx.arc(mark.at.x, mark.at.y, r, 0, TAU);
      ctx.globalAlpha = 0.08;
      ctx.fillStyle = colour;
      ctx.fill();
      ctx.globalAlpha = 0.7;
      ctx.lineWidth = 1;
      ctx.strokeStyle = colour;
      ctx.stroke();
      ctx.globalAlpha = 1;
    },

    _drawMark(ctx, mark) {
      const { x, y } = mark.at;
      if (mark.vague) {
        this._drawBadge(ctx, mark, x, y);
        if (mark.items.length === 1) this._pushAreaLabel(mark.items[0], x, y);
        return;
      }
      const used = this._categories().map((category, i) => [category, mark.parts[i]]).filter(([, n]) => n > 0);
      if (mark.chosen) {
        ctx.beginPath();
        ctx.arc(x, y, mark.r + 5, 0, TAU);
        ctx.lineWidth = 2.5;
        ctx.strokeStyle = this._theme.ink;
        ctx.stroke();
      }
      if (used.length === 1) {
        const [category] = used[0];
        drawShape(ctx, category, x, y, mark.r, this._theme);
        const hollow = category.shape === "ring";
        const ink = darkOn(category.colour) ? "#111827" : "#ffffff";
        const halo = hollow ? null : category.colour;
        if (mark.total > 1) write(ctx, String(mark.total), x, y + 0.5, { font: BOLD_FONT, colour: hollow ? this._theme.ink : ink, halo });
      } else {
        this._drawDonut(ctx, used, mark);
      }
      if (mark.items.length > 1) {
        ctx.beginPath();
        ctx.arc(x, y, mark.r + 3, 0, TAU);
        ctx.lineWidth = 1;
        ctx.setLineDash([2, 2]);
        ctx.strokeStyle = this._theme.ink;
        ctx.stroke();
        ctx.setLineDash([]);
      } else {
        this._labels.push({ text: mark.items[0].place.label, x: x + mark.r + (mark.chosen ? 10 : 5), y, colour: this._theme.ink, font: FONT, align: "left" });
      }
    },

    _drawDonut(ctx, used, mark) {
      const { x, y } = mark.at;
      const inner = mark.r * 0.6;
      let from = -Math.PI / 2;
      for (const [category, n] of used) {
        const to = from + (TAU * n) / mark.total;
        ctx.beginPath();
        ctx.arc(x, y, mark.r + 1, from, to);
        ctx.arc(x, y, inner, to, from, true);
        ctx.closePath();
        ctx.fillStyle = category.colour;
        ctx.fill();
        ctx.lineWidth = 1;
        ctx.strokeStyle = this._theme.edge;
        ctx.stroke();
        from = to;
      }
      ctx.beginPath();
      ctx.arc(x, y, inner, 0, TAU);
      ctx.fillStyle = this._theme.paper;
      ctx.fill();
      write(ctx, String(mark.total), x, y + 0.5, { font: BOLD_FONT, colour: this._theme.ink });
    },

    _drawLabels(ctx) {
      if (this._map.getZoom() >= LABEL_ZOOM) {
        for (const named of this._named) {
          this._labels.push({ text: named.label, x: named.at.x + 7, y: named.at.y, colour: this._theme.quiet, font: SMALL_FONT, align: "left" });
        }
      } else {
        this._labels = this._labels.filter((label) => label.align === "center");
      }
      const taken = this._marks.map((m) => ({ x0: m.at.x - m.r, x1: m.at.x + m.r, y0: m.at.y - m.r, y1: m.at.y + m.r }));
      for (const label of this._labels) {
        ctx.font = label.font;
        const width = ctx.measureText(label.text).width;
        const x0 = label.align === "center" ? label.x - width / 2 : label.x;
        const box = { x0, x1: x0 + width, y0: label.y - 7, y1: label.y + 7 };
        if (taken.some((t) => box.x0 < t.x1 && box.x1 > t.x0 && box.y0 < t.y1 && box.y1 > t.y0)) continue;
        taken.push(box);
        write(ctx, label.text, label.x, label.y, { font: label.font, colour: label.colour, halo: this._theme.halo, align: label.align });
      }
    },

    // The pointer.

    _under(at) {
      let best = null;
      for (const mark of this._marks) {
        const away = mark.at.distanceTo(at) - mark.r - REACH_PX;
        if (away <= 0 && (!best || away < best.away)) best = { away, mark };
      }
      if (best) return { mark: best.mark, rows: best.mark.items.flatMap((item) => item.rows) };
      const boxed = this._areas.find((a) => !a.small && a.box && Math.abs(at.x - a.at.x) <= a.box.half + 2 && Math.abs(at.y - a.box.y) <= 11);
      if (boxed) return { area: boxed, rows: boxed.rows };
      const named = this._named.find((n) => n.at && Math.hypot(n.at.x - at.x, n.at.y - at.y) <= 3 + REACH_PX);
      if (named) return { named, rows: [] };
      const ctx = this._canvas.getContext("2d");
      const ratio = window.devicePixelRatio || 1;
      const inside = (area) => area.path && ctx.isPointInPath(area.path, at.x * ratio, at.y * ratio, "evenodd");
      const area = this._areas.filter(inside).sort((a, b) => a.place.radius_km - b.place.radius_km)[0];
      return area ? { area, rows: area.rows } : null;
    },

    _click(event) {
      if (!this._data || !this._view) return;
      const hit = this._under(event.containerPoint);
      if (hit && hit.named) return;
      const rows = hit ? hit.rows : [];
      if (!rows.length && !this._view.chosen.length) return;
      if (hit && hit.mark && hit.mark.items.length > 1) {
        const bounds = L.latLngBounds(hit.mark.items.map((item) => [item.place.lat, item.place.lon]));
        this._map.fitBounds(bounds, { ...this._room(60), maxZoom: 12 });
      }
      for (const link of this._links()) link.click({ digest: this._data.digest, rows, at: Date.now() });
    },

    _hover(event) {
      if (!this._data || !this._view) return;
      const hit = this._under(event.containerPoint);
      this._map.getContainer().style.cursor = hit && hit.rows.length ? "pointer" : "";
      this._tip.classList.toggle("shown", Boolean(hit));
      if (!hit) return;
      const n = hit.rows.length;
      const claims = n === 1 ? "1 claim" : `${n} claims`;
      if (hit.named) {
        this._tip.textContent = `${hit.named.label}: named in the reports (${hit.named.roles.join(", ")}), no strike`;
      } else if (hit.mark && hit.mark.items.length > 1) {
        this._tip.textContent = `${claims} at ${hit.mark.items.length} places close together`;
      } else {
        const { place } = hit.area || hit.mark.items[0];
        this._tip.textContent = `${place.label}: ${claims}${place.kind === "area" ? " somewhere in this area" : ""}`;
      }
      const size = this._map.getSize();
      this._tip.style.left = `${Math.min(event.containerPoint.x + 14, size.x - 180)}px`;
      this._tip.style.top = `${event.containerPoint.y + 14}px`;
    },

    // The legend.

    _addLegend(map) {
      const control = L.control({ position: "topright" });
      const box = L.DomUtil.create("details", "strikemap-legend");
      box.hidden = true;
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      control.onAdd = () => box;
      control.addTo(map);
      return box;
    },

    // Lists what is on the map now, with counts. A colour means the same whatever is filtered away.
    _fillLegend(palette) {
      const shown = this._points.concat(this._areas);
      const totals = palette.categories.map((_, i) => shown.reduce((sum, item) => sum + item.parts[i], 0));
      const key = JSON.stringify([palette, totals, this._theme === THEMES.dark, this._view.show_named]);
      if (this._legendKey === key) return;
      this._legendKey = key;
      const title = document.createElement("summary");
      title.textContent = palette.title;
      const lines = palette.categories
        .map((c, i) => [c, totals[i]])
        .filter(([, total]) => total > 0)
        .map(([c, total]) => this._legendLine(`${c.label} (${total})`, (ctx) => drawShape(ctx, c, 9, 9, 6, this._theme)));
      lines.push(
        this._legendLine("area: somewhere within", (ctx) => {
          ctx.beginPath();
          ctx.rect(2, 3, 14, 12);
          ctx.fillStyle = hatch(ctx, [this._theme.quiet], 0.8);
          ctx.fill();
          ctx.setLineDash([3, 2]);
          ctx.strokeStyle = this._theme.ink;
          ctx.stroke();
        }),
      );
      if (this._view.show_named) {
        lines.push(
          this._legendLine("other place named", (ctx) => {
            ctx.beginPath();
            ctx.arc(9, 9, 3, 0, TAU);
            ctx.strokeStyle = this._theme.quiet;
            ctx.stroke();
          }),
        );
      }
      this._legend.replaceChildren(title, ...lines);
      this._legend.hidden = false;
    },

    _legendLine(text, draw) {
      const line = document.createElement("div");
      const icon = document.createElement("canvas");
      const ratio = window.devicePixelRatio || 1;
      icon.width = 18 * ratio;
      icon.height = 18 * ratio;
      const ctx = icon.getContext("2d");
      ctx.scale(ratio, ratio);
      draw(ctx);
      const words = document.createElement("span");
      words.textContent = text;
      line.append(icon, words);
      return line;
    },

    // The links.

    _links() {
      const found = [];
      for (let i = 0; i < window.parent.frames.length; i += 1) {
        try {
          const link = window.parent.frames[i].strikemapLink;
          if (link) found.push(link);
        } catch {
          // A frame of another origin: somebody else's component.
        }
      }
      return found;
    },

    _askLinks() {
      // The folium script assigns window.strikemap right after this returns.
      window.setTimeout(() => this._links().forEach((link) => link.push()), 0);
    },
  });
})();
