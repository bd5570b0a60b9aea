package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FoldTest {
    @Test
    void everyCharacterIsAmongTheCasesOfWhatItFoldsTo() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            char folded = Fold.of((char) c);
            String cases = Fold.casesOf(folded);
            assertTrue(cases.indexOf(c) >= 0, Integer.toHexString(c));
            assertEquals(folded, cases.charAt(0));
            cases.chars().forEach(each -> assertEquals(folded, Fold.of((char) each)));
        }
    }
}
