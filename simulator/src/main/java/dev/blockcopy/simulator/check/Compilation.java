package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Layout;
import dev.blockcopy.model.ModelException;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Walk;
import java.util.List;

/**
 * The walk that compiles guards and terms for packed states.
 *
 * <p>To compare the head of an empty queue is an error of the model that is not noticed here, but by every replay: the
 * comparison is false, and its negation true. To assign it is refused.
 */
final class Compilation implements Walk<Code> {
    private final Layout layout;
    private final Packing packing;

    Compilation(Layout layout, Packing packing) {
        this.layout = layout;
        this.packing = packing;
    }

    private Code.Content content(int position) {
        return new Code.Content(packing.fieldAt(position), packing.numbersAt(position));
    }

    @Override
    public Code constant(Term.Constant<?> node) {
        return new Code.Constant(node.number());
    }

    @Override
    public Code slot(Slot<?> node) {
        return content(layout.offsetOf(node));
    }

    @Override
    public Code head(Term.Head<?> node) {
        return content(layout.offsetOf(node.fifo()) + 1);
    }

    @Override
    public Code choice(Term.Choice<?> node) {
        Code when = node.when().walk(this);
        Code then = node.then().walk(this);
        Code otherwise = node.otherwise().walk(this);
        if (when instanceof Code.Constant constant) {
            return constant.number() != 0 ? then : otherwise;
        }
        return new Code.Other((states, at) -> (when.holds(states, at) ? then : otherwise).value(states, at));
    }

    @Override
    public Code sum(Term.Sum node) {
        Code base = node.base().walk(this);
        int step = node.step();
        if (base instanceof Code.Constant constant) {
            return new Code.Constant(constant.number() + step);
        }
        return new Code.Other((states, at) -> base.value(states, at) + step);
    }

    @Override
    public Code named(Guard.Named node) {
        return node.meaning().walk(this);
    }

    @Override
    public Code same(Guard.Same<?> node) {
        Code left = node.left().walk(this);
        Code right = node.right().walk(this);
        if (left instanceof Code.Content content && right instanceof Code.Constant constant) {
            return content.where(number -> number == constant.number());
        }
        if (left instanceof Code.Constant constant && right instanceof Code.Content content) {
            return content.where(number -> number == constant.number());
        }
        if (left instanceof Code.Constant one && right instanceof Code.Constant other) {
            return Code.truth(one.number() == other.number());
        }
        return new Code.Other((states, at) -> left.value(states, at) == right.value(states, at) ? 1 : 0);
    }

    @Override
    public Code less(Guard.Less node) {
        Code left = node.left().walk(this);
        Code right = node.right().walk(this);
        int shift = node.right().type().values().get(0)
                - node.left().type().values().get(0);
        if (left instanceof Code.Content content && right instanceof Code.Constant constant) {
            return content.where(number -> number < constant.number() + shift);
        }
        if (left instanceof Code.Constant constant && right instanceof Code.Content content) {
            return content.where(number -> constant.number() < number + shift);
        }
        return new Code.Other((states, at) -> left.value(states, at) < right.value(states, at) + shift ? 1 : 0);
    }

    @Override
    public Code not(Guard.Not node) {
        return Code.not(node.part().walk(this));
    }

    @Override
    public Code all(Guard.All node) {
        return Code.all(each(node.parts()));
    }

    @Override
    public Code any(Guard.Any node) {
        return Code.any(each(node.parts()));
    }

    private List<Code> each(List<Guard> parts) {
        return parts.stream().map(part -> part.walk(this)).toList();
    }

    @Override
    public Code empty(Guard.Empty node) {
        return isCellEmpty(node.fifo(), 0);
    }

    @Override
    public Code full(Guard.Full node) {
        return Code.not(isCellEmpty(node.fifo(), node.fifo().capacity() - 1));
    }

    private Code isCellEmpty(Fifo<?> fifo, int cell) {
        return content(layout.offsetOf(fifo) + 1 + cell).where(number -> number == Packing.NONE);
    }

    /** A term as it is assigned, which may not be the head of an empty queue. */
    Code assigned(Term<?> term) {
        Code code = term.walk(this);
        if (!(term instanceof Term.Head<?> head)) {
            return code;
        }
        return new Code.Other((states, at) -> {
            int number = code.value(states, at);
            if (number == Packing.NONE) {
                throw new ModelException(
                        "the head of the empty queue " + head.fifo().name() + " was read: guard it");
            }
            return number;
        });
    }
}
