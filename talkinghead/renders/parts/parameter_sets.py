"""H.264's parameter sets, so that two encoders' pictures can stand in one track.

A decoder finds a picture's sequence (SPS) and picture (PPS) parameters by number. When the sets of
two encoders carry different numbers, all of them fit into the track's `avcC` box, and a player that
reads the box needs nothing else to switch. Source: ISO/IEC 14496-15 5.3.3, ITU-T H.264 7.3.2.
"""

import re
from dataclasses import dataclass, replace

_START_CODE = re.compile(rb"\x00\x00\x00?\x01")
_NAL_TYPE = 0x1F
_SLICES = (1, 5)  # NAL types of pictures; 5 can be decoded by itself
_SPS, _PPS = 7, 8
_LENGTH_SIZE = 4
_HEAD = 5  # bytes of an avcC before its sets


@dataclass(frozen=True)
class ParameterSets:
    """The contents of an `avcC` box.

    Attributes:
        head: version, profile, compatibility, level, and the size of a length: five bytes.
        sequences: the SPS, without start codes or lengths.
        pictures: the PPS, likewise.
        extension: what high profiles write at the end.
    """

    head: bytes
    sequences: tuple[bytes, ...]
    pictures: tuple[bytes, ...]
    extension: bytes = b""

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that sets of either kind carry."""
        sequences = (_first_number(sps[4:]) for sps in self.sequences)
        return frozenset([*sequences, *(_first_number(pps[1:]) for pps in self.pictures)])

    def free_number(self) -> int:
        """The lowest number that no set of these carries."""
        return next(number for number in range(32) if number not in self.numbers)

    def with_sets(self, sequences: tuple[bytes, ...], pictures: tuple[bytes, ...]) -> bytes:
        """The box with another encoder's sets beside these, and a profile and level for both."""
        joined = replace(
            self,
            head=self.head[:3] + bytes([max(self.head[3], *(sps[3] for sps in sequences))])
            + self.head[4:],
            sequences=self.sequences + sequences,
            pictures=self.pictures + pictures,
        )  # fmt: skip
        return joined.box

    @property
    def box(self) -> bytes:
        """The box's bytes."""
        sequences = b"".join(len(each).to_bytes(2, "big") + each for each in self.sequences)
        pictures = b"".join(len(each).to_bytes(2, "big") + each for each in self.pictures)
        counts = bytes([0xE0 | len(self.sequences)]), bytes([len(self.pictures)])
        return self.head + counts[0] + sequences + counts[1] + pictures + self.extension


def read_parameter_sets(box: bytes) -> ParameterSets | None:
    """The sets of an `avcC` box; None where it is none, or writes lengths in another size."""
    if len(box) < _HEAD + 2 or box[0] != 1 or (box[4] & 3) + 1 != _LENGTH_SIZE:
        return None
    sequences, at = _sets(box, _HEAD, box[_HEAD] & _NAL_TYPE)
    if at >= len(box):
        return None
    pictures, at = _sets(box, at, box[at])
    return ParameterSets(box[:_HEAD], sequences, pictures, box[at:])


def encoders_sets(extradata: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The SPS and the PPS that an encoder announces, from its stream of start codes."""
    units = _units(extradata)
    return (
        tuple(unit for unit in units if unit[0] & _NAL_TYPE == _SPS),
        tuple(unit for unit in units if unit[0] & _NAL_TYPE == _PPS),
    )


def with_lengths(data: bytes) -> bytes:
    """An encoder's packet as an MP4 keeps it: each picture unit behind its length, nothing else."""
    return b"".join(
        len(unit).to_bytes(_LENGTH_SIZE, "big") + unit
        for unit in _units(data)
        if unit[0] & _NAL_TYPE in _SLICES
    )


def _sets(box: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    found = []
    at += 1
    for _ in range(count):
        length = int.from_bytes(box[at : at + 2], "big")
        found.append(box[at + 2 : at + 2 + length])
        at += 2 + length
    return tuple(found), at


def _units(stream: bytes) -> list[bytes]:
    return [unit for unit in _START_CODE.split(stream) if unit]


def _first_number(payload: bytes) -> int:
    """The first ue(v) of a payload: as many zeros as digits follow the first one."""
    bits = "".join(f"{byte:08b}" for byte in payload[:8])
    zeros = bits.index("1")
    return int(bits[zeros : 2 * zeros + 1], 2) - 1
