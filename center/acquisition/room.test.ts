import assert from "node:assert/strict";
import { test } from "node:test";
import { Room } from "./room.ts";

test("whoever found it full goes on, once, when half of it is free", () => {
  const room = new Room(100);
  let count = 0;
  const goOn = () => void count++;
  room.take(60);
  assert.equal(room.isFull, false);
  room.take(60);
  assert.equal(room.isFull, true);
  room.wait(goOn);
  room.wait(goOn);
  room.give(60);
  assert.deepEqual([room.isFull, count], [false, 0]);
  room.give(20);
  room.give(40);
  assert.equal(count, 1);
});
