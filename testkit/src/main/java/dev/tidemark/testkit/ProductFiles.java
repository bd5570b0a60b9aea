package dev.tidemark.testkit;

import java.time.Instant;
import java.util.List;

/** Files that every such server has. The text in them is our own; only places and names are the product's. */
final class ProductFiles {
    private static final String FRONT_END = "Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy/";
    private static final String CONFIG = "Windows/System32/inetsrv/config/applicationHost.config";

    private ProductFiles() {}

    static void put(DiskFiles disk, Instant installed) {
        for (String page : List.of("errorFE", "expiredpassword", "frowny", "logoff", "logon", "OutlookCN", "signout")) {
            disk.put(FRONT_END + "owa/auth/" + page + ".aspx", page(page), installed, Mark.NONE);
        }
        disk.put(FRONT_END + "ecp/auth/TimeoutLogout.aspx", page("TimeoutLogout"), installed, Mark.NONE);
        disk.put(FRONT_END + "owa/web.config", "<?xml version=\"1.0\"?>\n<configuration />\n", installed, Mark.NONE);
        disk.put("inetpub/wwwroot/iisstart.htm", "<html><body>Welcome</body></html>\n", installed, Mark.NONE);
        disk.put("ProgramData/ExampleBackup/catalog.txt", "nightly\n", installed, Mark.NONE);
    }

    private static String page(String name) {
        return "<%@ Page Language=\"C#\" Inherits=\"Example." + name + "\" %>\n<html><body>" + name + "</body></html>\n";
    }

    static void configuration(DiskFiles disk, Instant time, String rules) {
        disk.put(CONFIG, """
                <?xml version="1.0" encoding="UTF-8"?>
                <configuration>
                  <system.applicationHost>
                    <sites>
                      <site name="Default Web Site" id="1">
                        <application path="/"><virtualDirectory path="/" physicalPath="%%SystemDrive%%\\inetpub\\wwwroot" /></application>
                        <bindings><binding protocol="https" bindingInformation=":443:" /></bindings>
                      </site>
                      <site name="Exchange Back End" id="2">
                        <bindings><binding protocol="https" bindingInformation=":444:" /></bindings>
                      </site>
                    </sites>
                  </system.applicationHost>
                  <system.webServer>
                    <globalModules>
                      <add name="RewriteModule" image="%%SystemRoot%%\\system32\\inetsrv\\rewrite.dll" />
                    </globalModules>
                  </system.webServer>
                %s</configuration>
                """.formatted(rules), time, Mark.NONE);
    }

    /** The rewrite rules of Microsoft's one-click tool of March 2021, by the names and conditions that it gives them. */
    static String rewriteRules() {
        return """
                  <location path="Default Web Site">
                    <system.webServer>
                      <rewrite>
                        <rules>
                %s%s        </rules>
                      </rewrite>
                    </system.webServer>
                  </location>
                """.formatted(rule("X-AnonResource-Backend Abort - inbound", "(.*)X-AnonResource-Backend(.*)"),
                rule("X-BEResource Abort - inbound", "(.*)X-BEResource=(.+)/(.+)~(.+)"));
    }

    private static String rule(String name, String pattern) {
        return """
                          <rule name="%s" stopProcessing="true">
                            <match url=".*" />
                            <conditions><add input="{HTTP_COOKIE}" pattern="%s" /></conditions>
                            <action type="AbortRequest" />
                          </rule>
                """.formatted(name, pattern);
    }
}
