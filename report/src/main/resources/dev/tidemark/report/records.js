// The scripts of the report are one in the page: records.js, picture.js, timeline.js, report.js. They read their data
// from JSON blocks as text and write text only; the page says all of it without them, too.
'use strict';

const SVG = 'http://www.w3.org/2000/svg';
const LANE = 42, TOP = 4, MARK_Y = 29, AXIS = 46;
const LEFT = 0.015, RIGHT = 0.985;
const ACCUSING = 2, MOST_LISTED = 50;
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

/** Neighbours of one lane that would touch, drawn as one mark where the first of them stands. */
class Mark {
  constructor(i, x) {
    this.first = this.last = this.worst = i;
    this.from = x;
    this.points = this.count = 0;
  }

  add(records, i) {
    this.last = i;
    this.points++;
    this.count += records.count[i];
    const kinds = records.kinds, kind = records.kind;
    if (kinds[kind[i]].severity > kinds[kind[this.worst]].severity) this.worst = i;
  }
}
