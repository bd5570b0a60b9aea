package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeCommandTest {
    private HttpServer server;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("X-OWA-Version", "15.1.2176.2");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        url = "http://localhost:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void serverThatShowsItsBuildIsNamed() {
        Cli cli = Cli.run("probe", url);

        assertEquals(0, cli.status(), cli.err());
        assertTrue(cli.out().contains("Exchange Server 2016 CU19, build 15.1.2176.2: vulnerable"), cli.out());
        assertTrue(cli.out().contains("in the header x-owa-version of /owa/auth/logon.aspx"), cli.out());
    }

    @Test
    void jsonIsOneObjectAServer() throws IOException {
        JsonNode json = new ObjectMapper().readTree(Cli.run("probe", url, url + "/owa", "--format", "json").out());

        assertEquals("15.1.2176.2", json.get("build").asText());
        assertEquals("vulnerable", json.get("patchState").asText());
        assertEquals("15.1.2176.2", json.at("/signs/0/build").asText());
    }

    @Test
    void serverThatShowsNothingEndsWithAnotherStatus() {
        server.stop(0);

        Cli cli = Cli.run("probe", url, "--timeout", "5");

        assertEquals(3, cli.status());
        assertTrue(cli.out().contains("shows no build") && cli.out().contains("there was no connection"), cli.out());
    }

    @Test
    void wrongUseIsOneSentence() {
        for (Cli cli : List.of(Cli.run("probe", "ftp://x"), Cli.run("probe", "https://me:secret@mail.example"),
                Cli.run("probe", url, "--timeout", "0"))) {
            assertEquals(2, cli.status());
            assertEquals(1, cli.err().strip().lines().count(), cli.err());
        }
        assertEquals(2, Cli.run("probe").status());
    }
}
