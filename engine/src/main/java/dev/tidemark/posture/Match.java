package dev.tidemark.posture;

/** Whether a rule takes a request, where it may hang on something that only the running server knows. */
enum Match {
    YES, NO, MAYBE;

    static Match of(boolean matches) {
        return matches ? YES : NO;
    }

    Match negated(boolean negate) {
        if (!negate || this == MAYBE) {
            return this;
        }
        return this == YES ? NO : YES;
    }

    Match and(Match other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == MAYBE || other == MAYBE ? MAYBE : YES;
    }

    Match or(Match other) {
        if (this == YES || other == YES) {
            return YES;
        }
        return this == MAYBE || other == MAYBE ? MAYBE : NO;
    }
}
