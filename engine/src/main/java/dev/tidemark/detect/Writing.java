package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How a source writes a value into its bytes: what of a text that a rule asks for has to stand there in one piece. */
enum Writing {
    /**
     * A line of text. A CSV quote, IIS's {@code +} for a space, a doubled or a dotted path segment may tear a value
     * apart anywhere but in a run of letters, digits, {@code _ . -}. Percent-encoding is undone before the search.
     */
    LINE {
        @Override
        boolean isPart(char c) {
            return isLetter(c) || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-';
        }

        @Override
        boolean stands(String run) {
            return true;
        }

        @Override
        boolean stands(FieldAccess field) {
            return field.verbatim() && joinedByOther(field);
        }

        /** True if no run can reach from one column into the next. */
        private boolean joinedByOther(FieldAccess field) {
            return !(field instanceof FieldAccess.Joined joined)
                    || joined.separator().chars().anyMatch(c -> !isPart((char) c));
        }
    },

    /**
     * Binary XML: text is UTF-16 there, or a byte a character. What else a value may be stored as is no text: numbers,
     * hexadecimal bytes, GUIDs, SIDs, times, truth values. Items of an array have no {@code ", "} between them, and what
     * is nested has no brackets and quotes.
     *
     * <p>Source: [MS-EVEN6] 2.2.12.3 "ValueType".
     */
    EVENT {
        @Override
        boolean isPart(char c) {
            return c >= 0x20 && c < 0x7F && "<>&\"',".indexOf(c) < 0;
        }

        @Override
        boolean stands(String run) {
            boolean onlyText = run.chars().anyMatch(c -> c > 'f' && isLetter((char) c) && "xstz".indexOf(c) < 0);
            return onlyText && NO_TEXT.stream().noneMatch(word -> word.contains(run));
        }

        @Override
        boolean stands(FieldAccess field) {
            return field instanceof FieldAccess.Column column && !OF_SYSTEM.contains(Fold.of(column.name()))
                    || field instanceof FieldAccess.FirstOf || field instanceof FieldAccess.Entry;
        }
    };

    /** Words that a value may be written as which is no text. */
    private static final Set<String> NO_TEXT = Set.of("true", "false", "infinity", "-infinity", "nan");

    /** What stands under an event's System: in a template, as a number, or in any event. */
    private static final Set<String> OF_SYSTEM = Set.of("provider_name", "provider_guid", "provider_eventsourcename",
            "eventid", "qualifiers", "version", "level", "task", "opcode", "keywords", "systemtime", "eventrecordid",
            "activityid", "relatedactivityid", "execution_processid", "execution_threadid", "channel", "computer",
            "userid");

    static Writing of(String source) {
        return source.equals("event-log") ? EVENT : LINE;
    }

    /** Whether a run may go on over the character. */
    abstract boolean isPart(char c);

    /** Whether the run stands in the bytes as text, whatever type the value has. */
    abstract boolean stands(String run);

    /** Whether what a rule asks of the field stands in the bytes. */
    abstract boolean stands(FieldAccess field);

    /** The runs, in lower case, into which a text falls that a value has to hold letter by letter. */
    List<String> runs(String text) {
        List<String> runs = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !isPart(text.charAt(i))) {
                String run = Fold.of(text.substring(start, i));
                if (run.length() >= Needles.SHORTEST && stands(run)) {
                    runs.add(run);
                }
                start = i + 1;
            }
        }
        return runs;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
