package dev.tidemark.cli;

import dev.tidemark.model.HostResult;
import dev.tidemark.model.Sentence;
import java.io.PrintWriter;

/** A host in a few lines for the terminal. */
final class Summary {
    private Summary() {}

    static void print(PrintWriter out, HostResult host) {
        String server = host.server().isEmpty() ? "" : " (" + host.server() + ")";
        out.println(Console.plain(host.host() + server + ": " + host.verdict().verdict().word()));
        for (Sentence why : host.verdict().why()) {
            out.println("  " + Console.plain(why.text().replace('\n', ' ')));
        }
    }
}
