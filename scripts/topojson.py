"""Reads the lines of a TopoJSON file, https://github.com/topojson/topojson-specification, and joins them to rings."""

from __future__ import annotations

from typing import Any

Lines = list[list[tuple[float, float]]]


def read_lines(topology: dict[str, Any]) -> Lines:
    """Give the lines of a quantized topology in degrees, each a list of (lon, lat)."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + shift_x, y * scale_y + shift_y))
        lines.append(line)
    return lines


def draw_ring(numbers: list[int], lines: Lines) -> list[tuple[float, float]]:
    """Join lines to a ring, without repeated points; ~n is line n backwards."""
    ring: list[tuple[float, float]] = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        ring += line if not ring else line[1:]
    return [point for index, point in enumerate(ring) if index == 0 or point != ring[index - 1]]


def list_polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Give the rings of each polygon of a geometry, as numbers of lines."""
    polygons: list[list[list[int]]] = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return polygons
