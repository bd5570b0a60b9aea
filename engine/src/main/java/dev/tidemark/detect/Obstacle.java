package dev.tidemark.detect;

/** Why a rule that is well written is not run. @param text names what is missing, for the one rule */
public record Obstacle(Kind kind, String text) {
    /** The kinds, in the order in which they are told. */
    public enum Kind {
        NO_SOURCE("no such server keeps their records; a mapping file can name others (--mapping)"),
        NO_FIELD("they need a field that their records do not have"),
        PLACEHOLDER("they need values for a placeholder (--placeholders)"),
        UNSUPPORTED("they say of themselves that they cannot be used as they are"),
        OLD_SYNTAX("they count in the way of Sigma 1; Sigma 2 has correlation rules for that"),
        REFERENCE("they rest on a rule that is not there or is not run");

        private final String why;

        Kind(String why) {
            this.why = why;
        }

        /** What all rules with such an obstacle have in common; in the plural. */
        public String why() {
            return why;
        }
    }
}
