package dev.tidemark.report;

import java.util.Locale;

/**
 * JSON that can stand inside an HTML page: characters that mean something to HTML are written as {@code \\u003c}, and
 * texts are made visible first, as everywhere on the page.
 */
final class ScriptData {
    private final StringBuilder json = new StringBuilder();
    private boolean first = true;

    ScriptData open(char bracket) {
        comma();
        json.append(bracket);
        first = true;
        return this;
    }

    ScriptData close(char bracket) {
        json.append(bracket);
        first = false;
        return this;
    }

    /** @param name the page's own, never the evidence's */
    ScriptData key(String name) {
        string(name);
        json.append(':');
        first = true;
        return this;
    }

    ScriptData number(long number) {
        comma();
        json.append(number);
        return this;
    }

    ScriptData string(String text) {
        comma();
        json.append('"');
        String visible = VisibleText.forPage(text);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            if (c == '\\' || c == '"' || c == '<' || c == '>' || c == '&' || c == '\'' || c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
        return this;
    }

    private void comma() {
        if (!first) {
            json.append(',');
        }
        first = false;
    }

    String json() {
        return json.toString();
    }
}
