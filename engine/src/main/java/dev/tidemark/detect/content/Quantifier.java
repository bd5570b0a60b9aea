package dev.tidemark.detect.content;

import java.util.List;
import java.util.Optional;

/** How many of a set have to hold. @param least empty for "all" and "none" */
record Quantifier(Kind kind, Optional<YaraTerm> least, boolean percent) {
    enum Kind { ALL, NONE, NUMBER }

    boolean met(long held, long all, Looking at) {
        return switch (kind) {
            case ALL -> held == all && all > 0;
            case NONE -> held == 0;
            case NUMBER -> {
                Optional<Long> number = least.flatMap(term -> term.value(at).whole());
                long wanted = number.orElse(Long.MAX_VALUE);
                yield number.isPresent() && held >= (percent ? (wanted * all + 99) / 100 : wanted);
            }
        };
    }
}
