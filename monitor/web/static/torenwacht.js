// The drawer, the map, and what ties list and map together. Every link works without this file.
const result = () => document.getElementById('resultaat');
const drawer = document.getElementById('lade');
const detail = document.getElementById('detail');

// --- drawer: a swap into #detail opens it, its heading gets the focus ---
let changed = false;
document.addEventListener('htmx:after:swap', (event) => {
  const target = event.detail?.ctx?.target ?? event.target;
  if (target === detail) {
    if (!drawer.open) drawer.showModal();
    drawer.scrollTop = 0;
    const spot = document.getElementById('fouten') ?? document.getElementById('detail-titel');
    spot?.focus();
    // Once more after the browser has laid the new part out: an error below the fold is an error unseen.
    requestAnimationFrame(() => spot?.scrollIntoView({ block: 'center' }));
  }
  if (target.id === 'resultaat' || target === document.body) drawMap();
});
detail.addEventListener('submit', () => { changed = true; });
drawer.addEventListener('click', (event) => {
  if (event.target === drawer || event.target.closest('[data-sluit]')) drawer.close();
});
drawer.addEventListener('close', () => {
  detail.replaceChildren();
  if (changed) htmx.trigger(document.getElementById('filter'), 'change');
  changed = false;
});

// --- the same event lights up in strip, list and map ---
const light = (id, on) => document.querySelectorAll(`[data-id="${id}"]`).forEach((n) => n.classList.toggle('is-active', on));
for (const [type, on] of [['mouseover', true], ['mouseout', false], ['focusin', true], ['focusout', false]]) {
  document.addEventListener(type, (event) => {
    const node = event.target.closest?.('[data-id]');
    if (node) light(node.dataset.id, on);
  });
}

// --- map: MapLibre takes the place of the server's drawing when it can ---
const FAR = 12.4; // below this zoom only neighbourhoods with an event have their name
const FREE = 37; // pixels between the middles of two pins, so that each can be hit
let library, outlines, map, pins = [], labels = new Map();

const middle = (ring) => [0, 1].map((i) => {
  const values = ring.map((point) => point[i]);
  return (Math.min(...values) + Math.max(...values)) / 2;
});

function pushApart() {
  const all = pins.map((marker) => {
    const { x, y } = map.project(marker.getLngLat());
    return { marker, x, y, fromX: x, fromY: y };
  });
  for (let round = 0; round < 60; round++) {
    all.forEach((one, i) => all.slice(i + 1).forEach((other) => {
      let dx = other.x - one.x, dy = other.y - one.y, distance = Math.hypot(dx, dy);
      if (distance < 1) [dx, dy, distance] = [1, 0.5, 1.1];
      if (distance >= FREE) return;
      const share = (FREE - distance) / 2 / distance;
      one.x -= dx * share; one.y -= dy * share;
      other.x += dx * share; other.y += dy * share;
    }));
  }
  all.forEach(({ marker, x, y, fromX, fromY }) => marker.setOffset([Math.round(x - fromX), Math.round(y - fromY)]));
  // The name of a neighbourhood stands below its lowest pin, where it covers none of its own.
  for (const [code, label] of labels) {
    const own = all.filter(({ marker }) => marker.getElement().dataset.area === code);
    if (own.length === 0) continue;
    const lowest = own.reduce((a, b) => (b.y > a.y ? b : a));
    label.setLngLat(map.unproject([lowest.x, lowest.y]));
  }
}

function pin(point) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = `tw-pin tw-risk--${point.level.toLowerCase()}${point.signal ? ' tw-risk--signal' : ''}`;
  button.dataset.id = point.id;
  button.dataset.area = point.area;
  button.setAttribute('aria-label', point.label);
  const shape = document.querySelector(`.tw-legend .tw-risk--${point.level.toLowerCase()} svg`).cloneNode(true);
  button.append(shape);
  button.addEventListener('click', () => htmx.ajax('GET', `/gebeurtenissen/${point.id}`, { target: '#detail', swap: 'innerHTML' }));
  return new library.Marker({ element: button }).setLngLat([point.lon, point.lat]).addTo(map);
}

function names(hit) {
  labels = new Map();
  for (const { properties, geometry } of outlines.features) {
    const element = document.createElement('div');
    element.className = `tw-area${hit.has(properties.buurtcode) ? ' tw-area--hit' : ''}`;
    element.textContent = properties.naam;
    element.setAttribute('aria-hidden', 'true');
    const label = new library.Marker({ element, anchor: 'top', offset: [0, 15] });
    label.setLngLat(middle(geometry.coordinates[0])).addTo(map);
    labels.set(properties.buurtcode, label);
  }
}

async function drawMap() {
  const box = document.getElementById('kaart');
  if (!box) return;
  map?.remove();
  map = undefined;
  try {
    const vendor = `/static/${box.dataset.versie}/vendor`;
    library ??= await import(`${vendor}/maplibre-gl.mjs`);
    library.setWorkerUrl(`${vendor}/maplibre-gl-worker.mjs`);
    outlines ??= await (await fetch('/kaart/buurten.geojson')).json();
    const points = JSON.parse(result().dataset.punten);
    const hit = new Set(points.map((point) => point.area));
    const [west, south, east, north] = box.dataset.kader.split(' ').map(Number);
    const canvas = document.createElement('div');
    canvas.className = 'tw-map__gl';
    box.append(canvas);
    const drawn = map = new library.Map({
      container: canvas, bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: 12 },
      cooperativeGestures: true, dragRotate: false, pitchWithRotate: false, touchPitch: false, attributionControl: false,
      locale: {
        'NavigationControl.ZoomIn': 'Inzoomen', 'NavigationControl.ZoomOut': 'Uitzoomen', 'Map.Title': 'Kaartbeeld',
        'CooperativeGesturesHandler.WindowsHelpText': 'Gebruik Ctrl en scrollen om te zoomen',
        'CooperativeGesturesHandler.MacHelpText': 'Gebruik ⌘ en scrollen om te zoomen',
        'CooperativeGesturesHandler.MobileHelpText': 'Gebruik twee vingers om de kaart te verschuiven',
      },
      style: { version: 8, sources: { areas: { type: 'geojson', data: outlines } }, layers: [
        { id: 'ground', type: 'background', paint: { 'background-color': '#e9ebe6' } },
        { id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color':
          ['case', ['in', ['get', 'buurtcode'], ['literal', [...hit]]], '#d5e6ea', '#fbfaf6'] } },
        { id: 'lines', type: 'line', source: 'areas', paint: { 'line-color': '#b9b5a6', 'line-width': 1 } },
      ] },
    });
    drawn.touchZoomRotate.disableRotation();
    drawn.addControl(new library.NavigationControl({ showCompass: false }), 'top-right');
    names(hit);
    pins = points.map(pin);
    const zoomed = () => { box.toggleAttribute('data-ver', drawn.getZoom() < FAR); pushApart(); };
    drawn.on('zoomend', zoomed);
    zoomed(); // before the outlines are there, so that no names lie over each other meanwhile
    drawn.on('load', () => { box.dataset.kaart = 'klaar'; });
  } catch (error) {
    // No WebGL: the server's drawing stays, and the list holds the same places.
    console.info('kaart als tekening:', error.message);
    box.querySelector('.tw-map__gl')?.remove();
    box.dataset.kaart = 'tekening';
  }
}
drawMap();
