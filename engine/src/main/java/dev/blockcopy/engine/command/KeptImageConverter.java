package dev.blockcopy.engine.command;

import dev.blockcopy.model.lifecycle.Trigger;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words source and destination, and the trigger that says the image named so is kept. */
final class KeptImageConverter implements ITypeConverter<Trigger> {
    @Override
    public Trigger convert(String word) {
        return switch (word) {
            case "source" -> Trigger.KEEP_SOURCE;
            case "destination" -> Trigger.KEEP_DESTINATION;
            default ->
                throw new TypeConversionException("'" + word + "' is no image of a copy: say source or destination");
        };
    }
}
