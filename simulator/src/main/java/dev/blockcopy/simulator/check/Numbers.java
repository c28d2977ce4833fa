package dev.blockcopy.simulator.check;

import java.util.Arrays;

/** A growing row of numbers of states, used as a stack and as a queue. */
final class Numbers {
    private int[] items = new int[64];
    private int size;

    void push(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
    }

    int pop() {
        return items[--size];
    }

    int top() {
        return items[size - 1];
    }

    void setTop(int item) {
        items[size - 1] = item;
    }

    int get(int index) {
        return items[index];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void cutTo(int length) {
        size = length;
    }
}
