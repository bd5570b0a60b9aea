package dev.tidemark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitecturePageTest {
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]*[a-z][A-Za-z]*)(?:\\.[A-Za-z]+)?`");
    /** Column of an event and the like: written as names of classes are. */
    private static final Set<String> OTHER = Set.of("EventRecordID", "Channel");

    @Test
    void everyClassThatThePageNamesIsThere() throws IOException {
        Set<String> named = CLASS.matcher(Files.readString(Path.of("../ARCHITECTURE.md"))).results().map(m -> m.group(1))
                .filter(name -> !OTHER.contains(name)).collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            files.filter(f -> f.toString().endsWith(".java") && !f.toString().contains("target"))
                    .forEach(f -> named.remove(f.getFileName().toString().replace(".java", "")));
        }

        assertEquals(Set.of(), named);
        assertTrue(Files.readString(Path.of("../ARCHITECTURE.md")).contains("`Judge`"));
    }
}
