// Zooms and filters the timelines and tables of the report. Reads its data from JSON blocks as text and writes text
// only; the page says all of it without this script, too.
(() => {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';
  const LANE = 42, TOP = 4, MARK_Y = 29, AXIS = 46;
  const LEFT = 0.015, RIGHT = 0.985;
  const MOST_LISTED = 50;
  const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const STEPS = [1, 5, 10, 50, 100, 500, SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE,
    30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY,
    365 * DAY, 3650 * DAY];

  const two = n => String(n).padStart(2, '0');
  const count = n => n.toLocaleString('en');
  const day = d => `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`;
  const clock = d => `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
  const seconds = ms => {
    const d = new Date(ms);
    return `${day(d)} ${clock(d)}:${two(d.getUTCSeconds())}`;
  };
  const findings = n => `${count(n)} finding${n === 1 ? '' : 's'}`;

  function svg(parent, name, attributes) {
    const element = document.createElementNS(SVG, name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    parent.appendChild(element);
    return element;
  }

  function html(parent, name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  /** The findings of one host as columns; a finding is an index into them. */
  class Records {
    constructor(data) {
      this.data = data;
      this.size = data.time.length;
      this.time = new Float64Array(this.size);
      this.kind = Uint32Array.from(data.kind);
      this.count = data.count.length ? Uint32Array.from(data.count) : new Uint32Array(this.size).fill(1);
      this.row = new Int32Array(this.size);
      for (let i = 0, at = 0; i < this.size; i++) this.time[i] = at += data.time[i];
      for (let i = 0; i < data.row.length; i += 2) this.row[data.row[i]] = data.row[i + 1];
      this.kinds = [];
      for (let i = 0; i < data.kinds.length; i += 5) {
        const [title, stage, severity, source, actor] = data.kinds.slice(i, i + 5);
        this.kinds.push({title, stage, severity, source, actor});
      }
      this.shown = new Uint8Array(this.kinds.length).fill(1);
    }

    /** The first record at or after the time. */
    at(time) {
      let low = 0, high = this.size;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.time[middle] < time) low = middle + 1; else high = middle;
      }
      return low;
    }

    filter(accepts) {
      this.kinds.forEach((kind, i) => { this.shown[i] = accepts(kind) ? 1 : 0; });
    }

    /** How many findings the filter leaves, at whatever time. */
    all() {
      let all = 0;
      for (let i = 0; i < this.size; i++) if (this.shown[this.kind[i]]) all += this.count[i];
      return all;
    }

    title(i) { return this.data.titles[this.kinds[this.kind[i]].title]; }
    severity(i) { return this.data.severities[2 * this.kinds[this.kind[i]].severity]; }
  }

  /** Neighbours of one lane that would touch, drawn as one mark. */
  class Mark {
    constructor(i, x) {
      this.first = this.last = this.worst = i;
      this.from = this.to = x;
      this.points = this.count = 0;
    }

    add(records, i, x) {
      this.last = i;
      this.to = x;
      this.points++;
      this.count += records.count[i];
      const kinds = records.kinds, kind = records.kind;
      if (kinds[kind[i]].severity > kinds[kind[this.worst]].severity) this.worst = i;
    }
  }

  class Timeline {
    constructor(box) {
      this.box = box;
      this.host = box.closest('section');
      this.records = new Records(JSON.parse(box.querySelector('script').textContent));
      const data = this.records.data;
      this.from = data.from;
      this.to = data.to;
      this.whole = [Math.min(data.from, this.records.time[0]),
        Math.max(data.to, this.records.time[this.records.size - 1])];
      this.shortest = Math.max(data.step, 20);
      this.form = box.querySelector('form');
      this.rows = this.host.querySelectorAll('tr[data-k]');
      this.state = this.host.querySelector('.filter-state');
      this.build();
      this.listen();
      this.draw();
    }

    build() {
      this.form.hidden = false;
      this.form.querySelector('.filters').open = innerWidth > 720;
      this.host.querySelectorAll('p.buttons').forEach(p => { p.hidden = false; });
      this.state.hidden = false;
      this.live = document.createElement('div');
      this.live.className = 'plot live';
      this.live.tabIndex = 0;
      this.live.setAttribute('role', 'group');
      this.live.setAttribute('aria-label',
        'Timeline. Plus and minus zoom, arrow keys move, 0 shows the whole time.');
      const still = this.box.querySelector('.still');
      still.before(this.live);
      this.box.classList.add('drawn');
      this.said = document.createElement('p');
      this.said.className = 'said note';
      this.said.setAttribute('role', 'status');
      this.list = document.createElement('details');
      this.list.className = 'inview';
      this.listTitle = html(this.list, 'summary');
      this.items = html(this.list, 'ol');
      const legend = this.box.querySelector('.legend');
      legend.after(this.said, this.list);
    }

    listen() {
      this.form.addEventListener('submit', event => event.preventDefault());
      this.form.addEventListener('input', () => this.refilter());
      this.form.addEventListener('click', event => this.act(event.target.dataset.do));
      this.list.addEventListener('toggle', () => this.tell());
      this.live.addEventListener('keydown', event => {
        const action = {'+': 'in', '=': 'in', '-': 'out', 'ArrowLeft': 'left', 'ArrowRight': 'right', '0': 'whole',
          'Home': 'whole'}[event.key];
        if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
          event.preventDefault();
          this.act(action);
        }
      });
      this.live.addEventListener('wheel', event => {
        if (event.ctrlKey || event.metaKey) {
          event.preventDefault();
          this.zoom(event.deltaY < 0 ? 0.7 : 1 / 0.7, this.timeAt(event.clientX));
        }
      }, {passive: false});
      this.live.addEventListener('pointerdown', event => this.drag(event));
      new ResizeObserver(() => {
        if (this.live.clientWidth && this.live.clientWidth !== this.width) this.draw();
      }).observe(this.live);
    }

    /** Drawing a stretch with the mouse zooms into it; a finger scrolls the page as ever. */
    drag(event) {
      if (event.pointerType !== 'mouse' || event.button !== 0) return;
      const start = event.clientX, box = this.live.getBoundingClientRect();
      let rect = null;
      const move = e => {
        if (!rect && Math.abs(e.clientX - start) > 4) {
          rect = svg(this.picture, 'rect', {class: 'selection', y: 0, height: this.bottom});
        }
        if (rect) {
          rect.setAttribute('x', Math.min(start, e.clientX) - box.left);
          rect.setAttribute('width', Math.abs(e.clientX - start));
        }
      };
      const up = e => {
        document.removeEventListener('pointermove', move);
        document.removeEventListener('pointerup', up);
        if (rect) {
          const ends = [this.timeAt(start), this.timeAt(e.clientX)].sort((a, b) => a - b);
          this.window(ends[0], ends[1]);
          this.dragged = true;
          setTimeout(() => { this.dragged = false; }, 0);
        }
      };
      document.addEventListener('pointermove', move);
      document.addEventListener('pointerup', up);
      if (!event.target.closest('a, [role=button]')) event.preventDefault();
    }

    act(action) {
      const middle = (this.from + this.to) / 2, step = (this.to - this.from) / 4;
      if (action === 'in') this.zoom(0.5, middle);
      if (action === 'out') this.zoom(2, middle);
      if (action === 'left') this.window(this.from - step, this.to - step);
      if (action === 'right') this.window(this.from + step, this.to + step);
      if (action === 'whole') this.window(...this.whole);
      if (action === 'reset') this.reset();
    }

    reset() {
      this.form.reset();
      [this.from, this.to] = this.whole;
      this.refilter();
    }

    zoom(factor, at) {
      this.window(at - (at - this.from) * factor, at + (this.to - at) * factor);
    }

    /** Shows the stretch, moved and cut so that it stays within the whole time and is not too short to see. */
    window(from, to) {
      const whole = this.whole[1] - this.whole[0];
      const length = Math.min(whole, Math.max(this.shortest, to - from));
      let begin = (from + to - length) / 2;
      begin = Math.max(this.whole[0], Math.min(this.whole[1] - length, begin));
      this.from = begin;
      this.to = begin + length;
      this.draw();
    }

    refilter() {
      const chosen = name => new Set([...this.form.querySelectorAll(`input[name=${name}]:checked`)]
        .map(box => Number(box.value)));
      const stage = chosen('stage'), severity = chosen('severity'), source = chosen('source');
      const actor = this.form.elements.actor.value;
      this.records.filter(kind => stage.has(kind.stage) && severity.has(kind.severity) && source.has(kind.source)
        && (actor === '' || Number(actor) === kind.actor));
      let shown = 0, all = 0;
      for (const row of this.rows) {
        row.hidden = !this.records.shown[row.dataset.k];
        if (row.classList.contains('row')) {
          all++;
          if (!row.hidden) shown++;
        }
      }
      for (const part of this.host.querySelectorAll('.findings tbody')) {
        part.hidden = !part.querySelector('tr[data-k]:not([hidden])');
      }
      for (const table of this.host.querySelectorAll('.findings')) {
        table.classList.toggle('emptied', !table.querySelector('tbody:not([hidden])'));
      }
      this.state.textContent = shown === all ? '' : `The filter above leaves ${count(shown)} of ${count(all)} rows.`;
      this.draw();
    }

    x(time) {
      const share = (time - this.from) / (this.to - this.from);
      return LEFT + share * (RIGHT - LEFT);
    }

    timeAt(clientX) {
      const box = this.live.getBoundingClientRect();
      const share = ((clientX - box.left) / box.width - LEFT) / (RIGHT - LEFT);
      return this.from + Math.max(0, Math.min(1, share)) * (this.to - this.from);
    }

    draw() {
      const focused = this.live.contains(document.activeElement);
      this.width = this.live.clientWidth || 1000;
      const stages = [...new Set(this.records.kinds.map(kind => kind.stage))].sort((a, b) => a - b);
      const bands = this.records.data.bands;
      const door = bands.length ? LANE : 0;
      this.bottom = TOP + door + stages.length * LANE;
      const picture = document.createElementNS(SVG, 'svg');
      picture.setAttribute('class', 'chart');
      picture.setAttribute('width', '100%');
      picture.setAttribute('height', this.bottom + AXIS);
      this.picture = picture;
      this.drawTicks();
      if (door) this.drawDoor(bands);
      const laneOf = new Map(stages.map((stage, i) => [stage, i]));
      stages.forEach((stage, i) => this.lane(this.records.data.stages[stage], TOP + door + i * LANE));
      this.marks(laneOf, stages.length).forEach((marks, i) => marks.forEach(mark =>
        this.drawMark(mark, TOP + door + i * LANE + MARK_Y)));
      this.live.replaceChildren(picture);
      if (focused) this.live.focus({preventScroll: true});
      this.tell();
    }

    /** One pass over the records in view: a mark takes up its lane's neighbours until they no longer touch it. */
    marks(laneOf, lanes) {
      const records = this.records, touching = 46 / this.width;
      const done = Array.from({length: lanes}, () => []), open = new Array(lanes).fill(null);
      const lane = records.kinds.map(kind => laneOf.get(kind.stage));
      this.inView = 0;
      this.accusing = 0;
      for (let i = records.at(this.from); i < records.size && records.time[i] <= this.to; i++) {
        const kind = records.kind[i];
        if (!records.shown[kind]) continue;
        this.inView += records.count[i];
        if (records.kinds[kind].severity >= 2) this.accusing += records.count[i];
        const at = lane[kind], x = this.x(records.time[i]);
        if (!open[at] || x - open[at].from > touching) {
          open[at] = new Mark(i, x);
          done[at].push(open[at]);
        }
        open[at].add(records, i, x);
      }
      return done;
    }

    drawTicks() {
      const span = this.to - this.from, most = Math.max(3, Math.floor(this.width / 110));
      const step = STEPS.find(s => span / s < most) || STEPS[STEPS.length - 1];
      const axis = svg(this.picture, 'g', {class: 'axis', 'aria-hidden': 'true'});
      let before = '';
      for (let at = Math.ceil(this.from / step) * step; at <= this.to; at += step) {
        const d = new Date(at), x = this.x(at), percent = `${(100 * x).toFixed(2)}%`;
        const anchor = x < 0.05 ? 'start' : x > 0.95 ? 'end' : 'middle';
        svg(axis, 'line', {class: 'grid', x1: percent, x2: percent, y1: TOP, y2: this.bottom + 6});
        const dayMonth = `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`;
        const label = step < SECOND ? `${two(d.getUTCSeconds())}.${String(d.getUTCMilliseconds()).padStart(3, '0')}`
          : step < MINUTE ? `${clock(d)}:${two(d.getUTCSeconds())}` : step < DAY ? clock(d) : dayMonth;
        const context = step < SECOND ? `${dayMonth} ${clock(d)}` : step < DAY ? `${dayMonth} ${d.getUTCFullYear()}`
          : String(d.getUTCFullYear());
        svg(axis, 'text', {class: 'tick', x: percent, y: this.bottom + 21, 'text-anchor': anchor}).textContent = label;
        if (context !== before) {
          svg(axis, 'text', {class: 'tick context', x: percent, y: this.bottom + 38, 'text-anchor': anchor})
            .textContent = context;
          before = context;
        }
      }
    }

    drawDoor(bands) {
      this.lane('Door', TOP);
      for (let i = 0; i < bands.length; i += 3) {
        const from = Math.max(bands[i], this.from), to = Math.min(bands[i + 1], this.to);
        if (from >= to) continue;
        const rect = svg(this.picture, 'rect', {class: bands[i + 2] ? 'band-open' : 'band-shut', y: TOP + 21,
          height: 14, x: `${(100 * this.x(from)).toFixed(2)}%`,
          width: `${(100 * (this.x(to) - this.x(from))).toFixed(2)}%`});
        svg(rect, 'title', {}).textContent =
          `${bands[i + 2] ? 'Open' : 'Fixed'} from ${seconds(bands[i])} to ${seconds(bands[i + 1])} UTC`;
      }
    }

    lane(name, y) {
      svg(this.picture, 'line', {class: 'lane', x1: 0, x2: '100%', y1: y + LANE, y2: y + LANE});
      svg(this.picture, 'text', {class: 'lane-label', x: 0, y: y + 15}).textContent = name;
    }

    drawMark(mark, y) {
      const records = this.records, severity = records.severity(mark.worst);
      const shape = records.data.severities[2 * records.kinds[records.kind[mark.worst]].severity + 1];
      const holder = svg(this.picture, 'svg', {class: `mark ${severity}`, y,
        x: `${(50 * (mark.from + mark.to)).toFixed(2)}%`});
      const words = this.words(mark);
      const row = mark.points === 1 ? document.querySelector(`tr[data-n="${records.row[mark.first]}"]`) : null;
      const body = row ? svg(holder, 'a', {href: `#${row.id}`, 'aria-label': words})
        : svg(holder, 'g', {role: 'button', tabindex: 0, 'aria-label': words});
      svg(body, 'title', {}).textContent = words;
      if (mark.count === 1) {
        svg(body, 'path', {class: 'shape', d: shape});
      } else {
        svg(body, 'rect', {class: 'pill', x: -21, y: -10, width: 42, height: 20, rx: 10});
        svg(body, 'path', {class: 'in-pill', d: shape, transform: 'translate(-11 0) scale(.62)'});
        svg(body, 'text', {class: 'count', x: 5, y: 4, 'text-anchor': 'middle'}).textContent =
          mark.count < 1000 ? mark.count : mark.count < 100000 ? `${Math.floor(mark.count / 1000)}k` : '99k+';
      }
      if (!row) {
        const enter = () => { if (!this.dragged) this.enter(mark); };
        body.addEventListener('click', enter);
        body.addEventListener('keydown', event => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            enter();
          }
        });
      }
    }

    words(mark) {
      const records = this.records, first = seconds(records.time[mark.first]);
      if (mark.count === 1) return `${first} UTC, ${records.severity(mark.first)}: ${records.title(mark.first)}`;
      const titles = new Set();
      const stage = records.kinds[records.kind[mark.first]].stage;
      for (let i = mark.first; i <= mark.last && titles.size < 4; i++) {
        const kind = records.kind[i];
        if (records.shown[kind] && records.kinds[kind].stage === stage) titles.add(records.title(i));
      }
      const some = [...titles];
      return [`${findings(mark.count)}, ${first} to ${seconds(records.time[mark.last])} UTC`, ...some.slice(0, 3),
        ...(some.length > 3 ? ['\u2026'] : [])].join('\n');
    }

    /** Zooms into a mark, and lists its records where no zoom could part them. */
    enter(mark) {
      const from = this.records.time[mark.first], to = this.records.time[mark.last];
      const margin = Math.max((to - from) / 8, this.shortest / 2);
      this.list.open = true;
      this.window(from - margin, to + margin);
    }

    tell() {
      const outside = this.records.all() - this.inView;
      this.said.textContent = `${findings(this.inView)} shown, ${count(this.accusing)} of them accusing, `
        + `${seconds(this.from)} to ${seconds(this.to)} UTC`
        + (outside ? `; ${count(outside)} earlier or later.` : '.');
      this.listTitle.textContent = `Records in this picture (${count(this.inView)})`;
      if (!this.list.open) return;
      const records = this.records, items = [];
      let more = 0;
      for (let i = records.at(this.from); i < records.size && records.time[i] <= this.to; i++) {
        if (!records.shown[records.kind[i]]) continue;
        if (items.length < MOST_LISTED) items.push(this.item(i)); else more += records.count[i];
      }
      if (more) {
        const rest = document.createElement('li');
        rest.className = 'note';
        rest.textContent = `and ${count(more)} more: zoom in or filter to list them.`;
        items.push(rest);
      }
      this.items.replaceChildren(...items);
    }

    item(i) {
      const records = this.records, data = records.data, kind = records.kinds[records.kind[i]];
      const item = document.createElement('li');
      html(item, 'span', 'mono', seconds(records.time[i]));
      item.append(' ');
      html(item, 'span', `sev ${records.severity(i)}`, records.severity(i));
      item.append(' ');
      const row = records.row[i] && document.querySelector(`tr[data-n="${records.row[i]}"]`);
      if (row) html(item, 'a', '', records.title(i)).href = `#${row.id}`; else html(item, 'span', '', records.title(i));
      const times = records.count[i] > 1 ? ` \u00d7 ${count(records.count[i])}` : '';
      html(item, 'span', 'sub', ` ${data.sources[kind.source]}, ${data.actors[kind.actor]}${times}`);
      return item;
    }
  }

  const timelines = new Map();

  function begin(box) {
    if (!timelines.has(box)) timelines.set(box, new Timeline(box));
    return timelines.get(box);
  }

  /** A link into the page shows its target even where a filter or a fold hides it. */
  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.hidden) begin(target.closest('section').querySelector('.timeline')).reset();
    const more = target.nextElementSibling;
    if (target.matches('tr.row') && more) {
      const record = more.querySelector('details');
      if (record) record.open = true;
    }
    target.scrollIntoView();
  }

  document.documentElement.classList.add('js');
  const seen = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        seen.unobserve(entry.target);
        begin(entry.target);
      }
    }
  }, {rootMargin: '600px'});
  document.querySelectorAll('.timeline').forEach(box => seen.observe(box));
  document.addEventListener('click', event => {
    const fold = event.target.dataset && event.target.dataset.do;
    if (fold === 'unfold' || fold === 'fold') {
      event.target.closest('section').querySelectorAll('tr.more details')
        .forEach(record => { record.open = fold === 'unfold'; });
    }
  });
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();
})();
