// Draws one timeline, and zooms and filters it together with the rows of its host.
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
    if (!data.step) this.closeUps();
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

  /** The close-ups again, for the width of this screen. */
  closeUps() {
    for (const figure of this.host.querySelectorAll('.burst')) {
      const live = document.createElement('div'), from = Number(figure.dataset.from), to = Number(figure.dataset.to);
      live.className = 'plot live';
      figure.querySelector('.still').before(live);
      figure.classList.add('drawn');
      const accusing = i => this.records.kinds[i].severity >= ACCUSING;
      new ResizeObserver(() => live.replaceChildren(new Picture(this.records, from, to, live.clientWidth || 1000,
        accusing, mark => this.enter(mark)).only().draw())).observe(live);
    }
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
        rect = svg(this.picture.root, 'rect', {class: 'selection', y: 0, height: this.picture.bottom});
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

  timeAt(clientX) {
    const box = this.live.getBoundingClientRect();
    return this.picture.timeAt((clientX - box.left) / box.width);
  }

  draw() {
    const focused = this.live.contains(document.activeElement);
    this.width = this.live.clientWidth || 1000;
    this.picture = new Picture(this.records, this.from, this.to, this.width, kind => this.records.shown[kind],
      mark => { if (!this.dragged) this.enter(mark); });
    this.live.replaceChildren(this.picture.draw());
    if (focused) this.live.focus({preventScroll: true});
    this.tell();
  }

  /** Zooms into a mark, and lists its records where no zoom could part them. */
  enter(mark) {
    const from = this.records.time[mark.first], to = this.records.time[mark.last];
    const margin = Math.max((to - from) / 8, this.shortest / 2);
    this.list.open = true;
    this.window(from - margin, to + margin);
  }

  tell() {
    const outside = this.records.all() - this.picture.count;
    this.said.textContent = `${findings(this.picture.count)} shown, ${this.picture.accusing ? count(this.picture.accusing) : 'none'} of them accusing, `
      + `${seconds(this.from)} to ${seconds(this.to)} UTC`
      + (outside ? `; ${count(outside)} earlier or later.` : '.');
    this.listTitle.textContent = `Records in this picture (${count(this.picture.count)})`;
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
