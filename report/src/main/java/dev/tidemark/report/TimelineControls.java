package dev.tidemark.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The filters and buttons of one timeline. They stay hidden where no script runs: without one they do nothing. */
final class TimelineControls {
    private final HostView view;
    private final Kinds kinds;

    TimelineControls(HostView view, Kinds kinds) {
        this.view = view;
        this.kinds = kinds;
    }

    void write(Html html) {
        html.open("form", "class", "controls", "hidden", "hidden", "aria-label", "Filter the findings of "
                + view.name());
        html.open("details", "class", "filters").element("summary", "Filter");
        boxes(html, "stage", "Stage", kinds.stages(), stage -> "" + stage.ordinal(), Words::stage);
        boxes(html, "severity", "Severity", kinds.severities(), severity -> "" + severity.ordinal(),
                severity -> severity.word());
        Map<String, Integer> numbers = new LinkedHashMap<>();
        kinds.sources().keySet().forEach(source -> numbers.put(source, numbers.size()));
        boxes(html, "source", "Source", kinds.sources(), source -> "" + numbers.get(source),
                source -> Words.clip(source, Words.NAME));
        actors(html);
        html.close().open("div", "class", "buttons", "role", "group", "aria-label", "Zoom");
        button(html, "in", "Zoom in");
        button(html, "out", "Zoom out");
        button(html, "left", "Earlier");
        button(html, "right", "Later");
        button(html, "whole", "Whole time");
        button(html, "reset", "Show all");
        html.close(2);
    }

    private static void button(Html html, String action, String words) {
        html.element("button", words, "type", "button", "data-do", action);
    }

    private <T> void boxes(Html html, String name, String legend, Map<T, Integer> values, Function<T, String> value,
            Function<T, String> words) {
        html.open("fieldset").element("legend", legend);
        for (Map.Entry<T, Integer> each : values.entrySet()) {
            html.open("label").open("input", "type", "checkbox", "name", name, "value", value.apply(each.getKey()),
                    "checked", "checked");
            html.text(words.apply(each.getKey()) + " ").element("span", Words.number(each.getValue()), "class", "n");
            html.close();
        }
        html.close();
    }

    private void actors(Html html) {
        String id = view.id("actor");
        html.open("p", "class", "pick").element("label", "Address or user", "for", id).text(" ");
        html.open("select", "name", "actor", "id", id);
        html.element("option", "all (" + Words.number(kinds.count()) + ")", "value", "");
        int number = 0;
        for (Map.Entry<String, Integer> each : kinds.actors().entrySet()) {
            html.element("option", each.getKey() + " (" + Words.number(each.getValue()) + ")", "value",
                    "" + number++);
        }
        html.close(2);
    }
}
