package dev.blockcopy.qemufake.server;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML 1.2; the only class that knows its library, so that nobody else has it loaded. */
final class YamlDocument {
    private YamlDocument() {}

    /**
     * The plain values of one document.
     *
     * @throws IllegalArgumentException in one line, if it is none
     */
    static Object read(String text) {
        try {
            Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
            if (document == null) {
                throw new IllegalArgumentException("is empty, write a list of rules");
            }
            return document;
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ")
                    .orElse("");
            throw new IllegalArgumentException("is no YAML: " + where + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(
                    "is no YAML: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
    }
}
