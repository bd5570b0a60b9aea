package dev.tidemark.testkit;

/**
 * What a record is there for.
 *
 * @param shows in words; empty if it is everyday
 */
record Mark(Kind kind, String shows) {
    enum Kind { EVERYDAY, PLANTED, LOOK_ALIKE }

    static final Mark NONE = new Mark(Kind.EVERYDAY, "");

    /** It belongs to an intrusion, or to an attempt at one: it has to be found. */
    static Mark planted(String shows) {
        return new Mark(Kind.PLANTED, shows);
    }

    /** It only looks like an attack: it may be told of, and must accuse nobody. */
    static Mark lookAlike(String shows) {
        return new Mark(Kind.LOOK_ALIKE, shows);
    }
}
