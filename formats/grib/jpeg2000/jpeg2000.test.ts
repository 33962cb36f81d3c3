import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzDecoder } from "@harken/testing";
import { decodeJpeg2000 } from "./decode.ts";

const WIDTH = 37;
const HEIGHT = 29;
const pixel = (x: number, y: number) =>
  Math.round(2000 + 1500 * Math.sin(x / 9 + y / 17) + 300 * Math.cos((x * y) / 90) + ((7 * x + 3 * y) % 5));

/** The image of `pixel`, 12 bits, as OpenJPEG 2.5 encodes it in several ways. */
const encoded = {
  /** 5/3 wavelet, three resolutions. */
  plain:
    "/0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABCwEB/1IADAAAAAEAAgQEAAH/XAAKQGBoaHBoaHD/ZAAl" +
    "AAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAKrAAH/k8/lzALOtGEmHMLztfVYG7+j0cjD9S7GrQ8l" +
    "+v70TN8pddNEyiECTTXfPrVSLnSfTGO0eYB24uxRzYuQw/byChq+LY+WViHl6MYH5j452krajcbl+SS47f9zKXzqVKxGIzuurDBK" +
    "OYXoDBh70QNBHcex+x/0jDPAfaewH2nMAHyIgD+JF6IlmmkzjAMaor+EM29mX6EANoFpcsoL1W1yuxe+ukwQXO+ymrAMqcGKDXe2" +
    "zZ9RWPl5sgoxf++18z88r1fZA4zUlMP4YJ3zS9MjvB1YlLyX3MIXfSYCBZu7R8gIzdXGo/1uPdMygc5ds0QEAffNWpUgmit/yFCj" +
    "3sBk3sYRHjGImcMA71cF6ZCW+wn/H5Lko6IbhEwJwB8+jIA+fREAD4dkkSkgiNTwBOmMQVNL9IOA0zMopvlineFdulrhvMGdurWe" +
    "eQzDXDXNxCX+s9I8kXaDPAsKbOFg1GMRkFqEzxH3Zx2Rvv+BliekRUcsS16nZ6g5x1zRJbfhbEQAaODILxTaPt8D6EMHgY07Fl8U" +
    "v1u5VWCBigCseAe0IkntMiuzYt3YLGX1gbJlYms25n9f4RRCgv9CYD11JMTjMjaT2526w5qKkDYXrzGcJyEXTU5v39opzSCAPq7l" +
    "lFoW9gmFywHqkrrNlRfS65VmZaCMVEi4NSovzRdj8JkouowOv8tYk0LD/hv3MRrH/TfCfTvPT0VBkMYAzJxuVnfGlH5xc5W9H6/H" +
    "Aqo0m45DOq0IT5g0ldCFAptbDBiCeEOj5DCe4uxLOMkwr3wOwsJeXa6lHTdbVLMEz3Qf+29QpVJd0pgQ0lOTpqGk9y6FJl7ghhnL" +
    "9fmr4cclcl5Xgn2qzSaik4wHClDrklxx8u5CMFCtgQibwRf9ckKVVfn5l//Z",
  /** Tiles of 20 by 16, code-blocks of 8 by 8, precincts, packets by position. */
  tiles:
    "/0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAFAAAABAAAAAAAAAAAAABCwEB/1IADgEDAAEAAQEBAAEzRP9cAAdAYGhocP9kACUA" +
    "AUNyZWF0ZWQgYnkgT3BlbkpQRUcgdmVyc2lvbiAyLjUuMP+QAAoAAAAAASEAAf+Tz+VoGZG3Mdqzy8bUDxiqHzuTjF922u8eZOY/" +
    "2Oglvzo3MqoqFAiu3JDVBMXbpMYpzQIv3bn6eTNpNJZy3Y2D2W+mDuIly30Aywf27z8WS29uAUAfs/Qvoc2qGwR/wA+Q9AfaRwAP" +
    "heAZqjk2v6ZyPldfBV6S7IsTK3KEfCg/Ls1nBxfFO6dYBoacWmkwYaE1HuS0lZ3EWYE+8HnPHEDOnS0Wz9qVioFHnwwYgnhDo+d5" +
    "h4ei9FTbwXuED3jfQ89pf+SlxYSHf8/kZBP/WDrcQFOKCnih9wTLfauUYiHaAzOws2/A/APgPtDIAPkFABp6FQpPGlxHenq/pcgJ" +
    "fx+Z9E778ymL/wtm3yP0jlCK1iEIllP/kAAKAAEAAAESAAH/k8/lHBPNrvCisYvt2X0J1IVVam556YOQ7eKi4hx0USLz8QVQwXOl" +
    "+lXoOne/vd13oejD6YMOXkwO5l63iy22Qh2k146mqKkvfdxPwA+Q1AfaRQAPhaBBcm+zleNSz3O7zRf0VjK4ITkQpd+sG3YgBzRA" +
    "vCuHkB8tGWTM4XDF1etai8hSSwyO3FO+JDc5YcuAFC8MGbcmKM5J3QlBVoxqntZaM5XkrhRz8Z5LX8/kjAI5wDoNQCHcK8B2AIdF" +
    "coIcFbgtqgmLtRYQVx/RjkznO/9/wA+QVAfaKQAPhKAaSwkTDKhQ4DR/I/7dzYebQS31bPLAxefnEWFm4X8UKYNygyAy3OD5/5AA" +
    "CgACAAAA+QAB/5PP5TwUAFa9JaRjIjNzybAL1hjB13tRJ0dfIWwD60mCRU+/Wsp7Uf8zmGYVQeKtfPuXogNezvYWfchPWnJKT16a" +
    "vp5bPpXVwRg0uMYMxvaoA7I5wB86KAD4VoAHwsAIv2gAnphmjF+ZT34oxRzy2snmQQZbe29Gc+L/Vh1I3+hnDj1FePotXBWyqicW" +
    "+ObEPsjfGxLdHRN8bP4IVk50z19cGJCe33F9eW8iagFZ48fsJjkFiI1dsPLYmRYlMcTSFPXD99DA/AOgA+EeAB8JABcQwXGnC4UF" +
    "S9MDAfrfBryAIFXMJxDMZHzlGN/n/5AACgADAAAA5AAB/5PP5OghdcjjW1fkcPnSXBr3f1GhZyIAmBorTm9oYH2uSVRx9RTrkcmM" +
    "UWPTiDSqUxJUD83Js4pGkIIRL2U/wB85mAPnLQAPhTBq+h/XjutKprtw4HixshoW+O8xbJ3hldijarkvAJ9h8ClNyQBlTN2XWoRO" +
    "gf3m3xN8bP0vCbtTK1mHEvwX/gmTxt/P5HwRUEp0gzJehle0PcfbXaNAY+3Q2BHSmPd7X1GxZ1p/wB84qAPnHQAPhHAfFDREilIK" +
    "EqFfFQRj3eyNC5TP4zwwD5UOUdu5hBqX/9k=",
  /** Three quality layers, code-blocks of 16 by 16, markers around packet headers. */
  layers:
    "/0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABCwEB/1IADAYAAAMAAgICAAH/XAAKQGBoaHBoaHD/ZAAl" +
    "AAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAMfAAH/k/+RAAQAAM+9UP+SAs60YSYcwvO19Vgbv6PR" +
    "yMP1LsatDyX6/vRM3yl100TKIQJNNd8+tVIudJ9MY7R5gHbi7FHNi5DD9vIKGr4tj5ZWIeXoxgfmPjnaStqNxuX5JLjt/5EABAAB" +
    "wHxGYDxo/5I/iReiJZppM4wDGqK/hDNvZl+hADaBaXLKPK9X2QOM1JTD+GCd8/+RAAQAAoD/kv+RAAQAA/wLAP+S/3MpfOpUrEYj" +
    "O66sMEo5hegMGHvRA/+RAAQABPUvhagA4kD/kgvVbXK7F766TBBc77KasAypwUvTI7wdWJS8l9zCF30mAgWbu0fICM3VxqP9f8hQ" +
    "o97AZN7G/5EABAAF4A/DcfiF4A/DYfgUAP+SjOcfeJTwFdPMzxGpQKBE0CgKq86B1VH663UrJT2d+fznCiZqUg5rvajZiSx9rm8d" +
    "iwEVF41Mi44zmDQjM45PGvI6BV/iELJJiOhkWDZ0eiAn1iD26lYstHbWcB396aMu5YGQ/y44LpwSrHz8f7HR8yCfZBQzzp8p9zDO" +
    "9gtI1Q13V38hR85Z/5EABAAG9JD/kkEdx7H7H/SMM/+RAAQAB/wpfCl8LID/kooNd7bNn1FY+XmyCjF/77XzP2490zKBzl2zRAQB" +
    "981alSCaKxEeMYiZwwDvVwXpkJb7Cf8fkuSjohuETAn/kQAEAAj8FD8P8D34S8AD8OufhQD/knoNW0UZ9J98+3jFgYvBVPU598Ir" +
    "dYYOciQY6Drv9GGB8ieWqeMDuWNNbuVVggYn6hGaUIkntMipk+YS52/kDOFSijQWAdCjmVlfYCdwEhoPVJBhwst+CV6hOsPHjIzT" +
    "yKTf82tpfRBz+exJqL20QD9vt+i7LbyTo+DgVUaTcVZnKX3/ehV2ZosU6qKOLxbOKSZ/DBiCeEOj5DCe4uxLUASmRIpnpx2Epe4M" +
    "B3RlJ5xyZ8sZNSWKl7HJaJ9L16VKRH0k9wP+JfpDGyfoO90NQLCk4b9Dd39Jkp91hVg/zJEHYxlFys1PPxxBlLDTh38UKYNxZQAN" +
    "JW9VW6a8ruRv/9k=",
  /** 9/7 wavelet, four resolutions. */
  real:
    "/0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABCwEB/1IADAAAAAEAAwQEAAD/XAAXQoc4h1CHUIdocAVw" +
    "BXBHd9N303di/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAACCQAB/5PH/gxODn8bnHF4cj26" +
    "S5xzLeXjOoeboob1pOtBEDtoKHhthpQP1+YANnMVwP5HYH8jsB+wqCaWOCUCmFf93ICPFTMnLXNtCwGJAE/YskPZ7V7HJNasGEwy" +
    "CiN02svAwf6WLN37o2kaUqPeC78aX78pRGbD91JJZnMlokrCrkLMXKNonl/AfgZwH4HEAD4XQGyBZkZRNo+8w3gbnddB6gVMLKb3" +
    "Xmg7evnKEPc4YhtX9ZH4PfOJWewk9wy4o0tDs4U+MZQ1p2stQDicVyRpxsWHu4cratWvOnUWd9h9r9G/CiXpCyf4UaKXyilzatpQ" +
    "1xPa6AxiM9T/XDR2Ffg6J6hXmS7AYp4OzjPkno2QV+UjzoV+FyF0ZI/AH1H0AfUmwAPh00AUGlBYTcMCcsG32eebzcayvr0GxMNF" +
    "ohBnEx2zxO7d0BLt2Yp5hbZe41Qe0sNo8yHxdUziwiYHkinfVfLlN83gn9C2phtiQt3v41izSkzGgogCQVARNuAUimxY9+k74dds" +
    "HgjVzNYb0VCcmtMsXz8rAIpptm4tf48kT7yeQbIydUurNH0ZddEIZ/ggYbeWbwVZ+3H4DfN1v0ji/ZeU6r3ynyzd43uwLbFKJXLf" +
    "3gfxl9XrvqCT2U5ThEzqlDSrJmHeVO68dNNC44+SqqqjHgKQRc7s8CE4/VH/2Q==",
};

const bytesOf = (name: keyof typeof encoded) => new Uint8Array(Buffer.from(encoded[name], "base64"));

function worst(bytes: Uint8Array): number {
  const image = decodeJpeg2000(bytes, WIDTH * HEIGHT);
  assert.ok(typeof image !== "string", String(image));
  assert.deepEqual([image.width, image.height], [WIDTH, HEIGHT]);
  return image.samples.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - pixel(i % WIDTH, Math.floor(i / WIDTH)))),
    0,
  );
}

test("images made by OpenJPEG come out as they went in: exactly by the 5/3 wavelet, to a step by the 9/7 one", () => {
  assert.equal(worst(bytesOf("plain")), 0);
  assert.equal(worst(bytesOf("tiles")), 0);
  assert.equal(worst(bytesOf("layers")), 0);
  assert.ok(worst(bytesOf("real")) <= 1);
});

test("a stream that ends early gives a coarser image; one that asks for too much is refused", () => {
  const whole = bytesOf("layers");
  const error = worst(whole.subarray(0, 600));
  assert.ok(error > 0 && error < 400, `${error}`);
  assert.match(String(decodeJpeg2000(whole, 1000)), /1073 samples/);
  const two = whole.slice();
  two[41] = 2;
  assert.match(String(decodeJpeg2000(two, 2000)), /2 components/);
  assert.match(String(decodeJpeg2000(whole.subarray(4), 2000)), /no JPEG 2000/);
});

fuzzDecoder(
  "decodeJpeg2000",
  (bytes) => decodeJpeg2000(bytes, 100_000),
  (Object.keys(encoded) as (keyof typeof encoded)[]).map(bytesOf),
  (image) => assert.ok(typeof image === "string" || image.samples.length <= 100_000),
);
