// One picture: the records of a stretch of time in lanes, with ticks below.
class Picture {
  /** @param shows which kinds are drawn; @param enter what a mark of several records does */
  constructor(records, from, to, width, shows, enter) {
    this.records = records;
    this.from = from;
    this.to = to;
    this.width = width;
    this.shows = records.kinds.map((kind, i) => shows(i));
    this.enter = enter;
    this.bands = [];
    for (let i = 0; i < records.data.bands.length; i += 3) this.bands.push(records.data.bands.slice(i, i + 3));
    this.stages = [...new Set(records.kinds.map(kind => kind.stage))].sort((a, b) => a - b);
    this.count = this.accusing = 0;
  }

  /** Only the lanes and the door that have something in this stretch, as a close-up does. */
  only() {
    const marks = this.marks();
    this.stages = this.stages.filter((stage, i) => marks[i].length);
    this.bands = [];
    return this;
  }

  draw() {
    const door = this.bands.length ? LANE : 0, y = i => TOP + door + i * LANE;
    this.bottom = y(this.stages.length);
    this.root = document.createElementNS(SVG, 'svg');
    this.root.setAttribute('class', 'chart');
    this.root.setAttribute('width', '100%');
    this.root.setAttribute('height', this.bottom + AXIS);
    this.drawTicks();
    if (door) this.drawDoor();
    this.stages.forEach((stage, i) => this.lane(this.records.data.stages[stage], y(i)));
    this.marks().forEach((marks, i) => marks.forEach(mark => this.drawMark(mark, y(i) + MARK_Y)));
    return this.root;
  }

  x(time) {
    return LEFT + (time - this.from) / (this.to - this.from) * (RIGHT - LEFT);
  }

  timeAt(share) {
    return this.from + Math.max(0, Math.min(1, (share - LEFT) / (RIGHT - LEFT))) * (this.to - this.from);
  }

  /** One pass over the records in view: a mark takes up its lane's neighbours until they no longer touch it. */
  marks() {
    const records = this.records, touching = 46 / this.width;
    const done = this.stages.map(() => []), open = this.stages.map(() => null);
    const lane = records.kinds.map(kind => this.stages.indexOf(kind.stage));
    this.count = this.accusing = 0;
    for (let i = records.at(this.from); i < records.size && records.time[i] <= this.to; i++) {
      const kind = records.kind[i];
      if (!this.shows[kind]) continue;
      this.count += records.count[i];
      if (records.kinds[kind].severity >= ACCUSING) this.accusing += records.count[i];
      const at = lane[kind], x = this.x(records.time[i]);
      if (!open[at] || x - open[at].from > touching) {
        open[at] = new Mark(i, x);
        done[at].push(open[at]);
      }
      open[at].add(records, i);
    }
    return done;
  }

  drawTicks() {
    const span = this.to - this.from, most = Math.max(3, Math.floor(this.width / 110));
    const step = STEPS.find(s => span / s < most) || STEPS[STEPS.length - 1];
    const axis = svg(this.root, 'g', {class: 'axis', 'aria-hidden': 'true'});
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

  drawDoor() {
    this.lane('Door', TOP);
    for (const [begin, end, open] of this.bands) {
      const from = Math.max(begin, this.from), to = Math.min(end, this.to);
      if (from >= to) continue;
      const rect = svg(this.root, 'rect', {class: open ? 'band-open' : 'band-shut', y: TOP + 21,
        height: 14, x: `${(100 * this.x(from)).toFixed(2)}%`,
        width: `${(100 * (this.x(to) - this.x(from))).toFixed(2)}%`});
      svg(rect, 'title', {}).textContent =
        `${open ? 'Open' : 'Fixed'} from ${seconds(begin)} to ${seconds(end)} UTC`;
    }
  }

  lane(name, y) {
    svg(this.root, 'line', {class: 'lane', x1: 0, x2: '100%', y1: y + LANE, y2: y + LANE});
    svg(this.root, 'text', {class: 'lane-label', x: 0, y: y + 15}).textContent = name;
  }

  drawMark(mark, y) {
    const records = this.records, severity = records.severity(mark.worst);
    const shape = records.data.severities[2 * records.kinds[records.kind[mark.worst]].severity + 1];
    const holder = svg(this.root, 'svg', {class: `mark ${severity}`, y,
      x: `${(100 * mark.from).toFixed(2)}%`});
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
      const enter = () => this.enter(mark);
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
      if (this.shows[kind] && records.kinds[kind].stage === stage) titles.add(records.title(i));
    }
    const some = [...titles];
    return [`${findings(mark.count)}, ${first} to ${seconds(records.time[mark.last])} UTC`, ...some.slice(0, 3),
      ...(some.length > 3 ? ['\u2026'] : [])].join('\n');
  }
}
