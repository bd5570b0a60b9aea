package dev.tidemark.detect;

/**
 * How rules are to be loaded.
 *
 * @param fieldMap     which records their logsources mean
 * @param placeholders values for {@code %name%}
 * @param skipBroken   whether a file with faults is left out; if not, one fault anywhere refuses the whole set
 */
public record RuleOptions(FieldMap fieldMap, Placeholders placeholders, boolean skipBroken) {
    /** Nothing but what comes with Tidemark; a fault refuses the set. */
    public static RuleOptions bundled() {
        return new RuleOptions(FieldMap.bundled(), Placeholders.NONE, false);
    }

    /** Tells options that give other results apart; the same text for all that comes with Tidemark. */
    String fingerprint() {
        return fieldMap.ownFiles() + placeholders.files();
    }
}
