package dev.tidemark.detect.content;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A term of a condition. Immutable. */
sealed interface YaraTerm {
    YaraValue value(Looking at);

    default boolean holds(Looking at) {
        return value(at).holds();
    }

    record Constant(YaraValue constant) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            return constant;
        }
    }

    record Variable(String name) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            return at.variable(name);
        }
    }

    /** Another rule of the same file. */
    record RuleHolds(int rule) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            return YaraValue.of(at.ruleHeld(rule));
        }
    }

    record And(List<YaraTerm> parts) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            for (YaraTerm part : parts) {
                if (!part.holds(at)) {
                    return YaraValue.FALSE;
                }
            }
            return YaraValue.TRUE;
        }
    }

    record Or(List<YaraTerm> parts) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            for (YaraTerm part : parts) {
                if (part.holds(at)) {
                    return YaraValue.TRUE;
                }
            }
            return YaraValue.FALSE;
        }
    }

    record Not(YaraTerm negated) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            return YaraValue.of(!negated.holds(at));
        }
    }

    record Defined(YaraTerm asked) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            return YaraValue.of(!(asked.value(at) instanceof YaraValue.Undefined));
        }
    }

    /** {@code $a}, {@code $a at 0}, {@code $a in (0..100)}. @param string index of it, or {@link #CURRENT} */
    record Found(int string, Optional<YaraTerm> from, Optional<YaraTerm> to) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            if (from.isEmpty()) {
                return YaraValue.of(at.hits(string).count() > 0);
            }
            Optional<Long> low = from.get().value(at).whole();
            Optional<Long> high = to.isEmpty() ? low : to.get().value(at).whole();
            return low.isEmpty() || high.isEmpty() ? YaraValue.FALSE
                    : YaraValue.of(at.hits(string).within(low.get(), high.get()) > 0);
        }
    }

    /** Stands for the string that a loop has come to. */
    int CURRENT = -1;

    record Count(int string, Optional<YaraTerm> from, Optional<YaraTerm> to) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            if (from.isEmpty()) {
                return YaraValue.of((long) at.hits(string).count());
            }
            Optional<Long> low = from.get().value(at).whole();
            Optional<Long> high = to.flatMap(t -> t.value(at).whole());
            return low.isEmpty() || high.isEmpty() ? YaraValue.UNDEFINED
                    : YaraValue.of((long) at.hits(string).within(low.get(), high.get()));
        }
    }

    /** {@code @a[2]} and {@code !a[2]}; counted from 1. */
    record Nth(int string, YaraTerm index, boolean length) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            Hits hits = at.hits(string);
            Optional<Long> n = index.value(at).whole();
            if (n.isEmpty() || n.get() < 1 || n.get() > hits.count()) {
                return YaraValue.UNDEFINED;
            }
            int i = (int) (n.get() - 1);
            return YaraValue.of((long) (length ? hits.length(i) : hits.offset(i)));
        }
    }

    /** {@code uint16(0)}. */
    record NumberAt(int bytes, boolean signed, boolean bigEndian, YaraTerm offset) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            Optional<Long> from = offset.value(at).whole();
            if (from.isEmpty() || from.get() < 0 || from.get() > at.data().length - bytes) {
                return YaraValue.UNDEFINED;
            }
            long number = 0;
            for (int i = 0; i < bytes; i++) {
                int place = (int) (long) from.get() + (bigEndian ? i : bytes - 1 - i);
                number = number << 8 | at.data()[place] & 0xFF;
            }
            int unused = Long.SIZE - bytes * 8;
            return YaraValue.of(signed ? number << unused >> unused : number);
        }
    }

    record Arithmetic(char sign, YaraTerm left, YaraTerm right) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            YaraValue a = left.value(at);
            YaraValue b = right.value(at);
            if (a.whole().isPresent() && b.whole().isPresent()) {
                return whole(a.whole().get(), b.whole().get());
            }
            if (a.real().isEmpty() || b.real().isEmpty()) {
                return YaraValue.UNDEFINED;
            }
            double x = a.real().get();
            double y = b.real().get();
            return switch (sign) {
                case '+' -> new YaraValue.Real(x + y);
                case '-' -> new YaraValue.Real(x - y);
                case '*' -> new YaraValue.Real(x * y);
                case '\\' -> y == 0 ? YaraValue.UNDEFINED : new YaraValue.Real(x / y);
                default -> YaraValue.UNDEFINED;
            };
        }

        private YaraValue whole(long x, long y) {
            return switch (sign) {
                case '+' -> YaraValue.of(x + y);
                case '-' -> YaraValue.of(x - y);
                case '*' -> YaraValue.of(x * y);
                case '\\' -> y == 0 ? YaraValue.UNDEFINED : YaraValue.of(x / y);
                case '%' -> y == 0 ? YaraValue.UNDEFINED : YaraValue.of(x % y);
                case '&' -> YaraValue.of(x & y);
                case '|' -> YaraValue.of(x | y);
                case '^' -> YaraValue.of(x ^ y);
                case '<' -> YaraValue.of(y < 0 || y > 63 ? 0 : x << y);
                default -> YaraValue.of(y < 0 || y > 63 ? 0 : x >> y);
            };
        }
    }

    record Complement(YaraTerm of) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            return of.value(at).whole().map(n -> YaraValue.of(~n)).orElse(YaraValue.UNDEFINED);
        }
    }

    record Comparison(String sign, YaraTerm left, YaraTerm right) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            YaraValue a = left.value(at);
            YaraValue b = right.value(at);
            int order;
            if (a.text().isPresent() && b.text().isPresent()) {
                order = a.text().get().compareTo(b.text().get());
            } else if (a.real().isPresent() && b.real().isPresent()) {
                order = a.whole().isPresent() && b.whole().isPresent() ? a.whole().get().compareTo(b.whole().get())
                        : a.real().get().compareTo(b.real().get());
            } else {
                return YaraValue.UNDEFINED;
            }
            return YaraValue.of(switch (sign) {
                case "==" -> order == 0;
                case "!=" -> order != 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            });
        }
    }

    /** {@code contains}, {@code istartswith} … */
    record TextTest(String operator, YaraTerm left, YaraTerm right) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            Optional<String> a = left.value(at).text();
            Optional<String> b = right.value(at).text();
            if (a.isEmpty() || b.isEmpty()) {
                return YaraValue.UNDEFINED;
            }
            boolean folded = operator.startsWith("i");
            String text = folded ? a.get().toLowerCase(Locale.ROOT) : a.get();
            String part = folded ? b.get().toLowerCase(Locale.ROOT) : b.get();
            return YaraValue.of(switch (folded ? operator.substring(1) : operator) {
                case "contains" -> text.contains(part);
                case "startswith" -> text.startsWith(part);
                case "endswith" -> text.endsWith(part);
                default -> text.equals(part);
            });
        }
    }

    record Matches(YaraTerm left, YaraRegex regex) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            return left.value(at).text().map(text -> YaraValue.of(regex.found(text))).orElse(YaraValue.UNDEFINED);
        }
    }

    /** {@code 2 of ($a, $b)}, {@code for any of them : ( … )}; the body says what has to hold of each. */
    record OfStrings(Quantifier quantifier, List<Integer> strings, YaraTerm body) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            long held = 0;
            for (int string : strings) {
                held += at.with(string, body) ? 1 : 0;
            }
            return YaraValue.of(quantifier.met(held, strings.size(), at));
        }
    }

    /** {@code any of (a*)} over rules, or over any conditions. */
    record OfTerms(Quantifier quantifier, List<YaraTerm> terms) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            return YaraValue.of(quantifier.met(terms.stream().filter(t -> t.holds(at)).count(), terms.size(), at));
        }
    }

    /** {@code for any i in (1..#a) : ( … )}; the range is the one or the list the other. */
    record ForNumbers(Quantifier quantifier, String name, Optional<YaraTerm> from, Optional<YaraTerm> to,
            List<YaraTerm> listed, YaraTerm body) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            long held = 0;
            long all = 0;
            if (from.isPresent() && to.isPresent()) {
                Optional<Long> low = from.get().value(at).whole();
                Optional<Long> high = to.get().value(at).whole();
                if (low.isEmpty() || high.isEmpty()) {
                    return YaraValue.UNDEFINED;
                }
                for (long i = low.get(); i <= high.get() && at.mayStep(); i++) {
                    all++;
                    held += at.with(name, YaraValue.of(i), body) ? 1 : 0;
                }
            }
            for (YaraTerm each : listed) {
                all++;
                held += at.with(name, each.value(at), body) ? 1 : 0;
            }
            return YaraValue.of(quantifier.met(held, all, at));
        }
    }

    /** A function of a module over a part of the file. */
    record Function(YaraFunction function, List<YaraTerm> arguments) implements YaraTerm {
        @Override
        public YaraValue value(Looking at) {
            return function.value(at.data(), arguments.stream().map(a -> a.value(at)).toList());
        }
    }
}
