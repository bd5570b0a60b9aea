package dev.tidemark.read;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which column of a log holds which field, as its last header declared it. Columns count from 0. Immutable. */
public final class Layout {
    public static final int ABSENT = -1;

    private final List<String> names;
    private final Map<String, Integer> columns;
    /** By names in lower case; made when a name is first asked for that stands in no header so. */
    private volatile Map<String, Integer> inLowerCase;

    /** A name that comes twice means its first column; one in two writings of its letters, the column that is written as asked. */
    public Layout(List<String> names) {
        this.names = names.stream().map(String::strip).toList();
        this.columns = new HashMap<>(2 * names.size());
        for (int i = 0; i < this.names.size(); i++) {
            columns.putIfAbsent(this.names.get(i), i);
        }
    }

    private Map<String, Integer> inLowerCase() {
        Map<String, Integer> made = inLowerCase;
        if (made == null) {
            made = new HashMap<>(2 * names.size());
            for (int i = 0; i < names.size(); i++) {
                made.putIfAbsent(names.get(i).toLowerCase(Locale.ROOT), i);
            }
            inLowerCase = made;
        }
        return made;
    }

    /** The column of {@code field}, or {@link #ABSENT}; the case of letters does not matter. */
    public int column(String field) {
        Integer exact = columns.get(field);
        return exact != null ? exact : inLowerCase().getOrDefault(field.toLowerCase(Locale.ROOT), ABSENT);
    }

    public List<String> names() {
        return names;
    }

    public int size() {
        return names.size();
    }
}
