using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Course.TakeHome.Sandboxing;

/// <summary>
/// A seccomp program for <c>bwrap --seccomp</c>: instructions of eight bytes each (linux/filter.h). It refuses system calls that create
/// memory outside of any process limit (memfd, System V shared memory, shared mappings without a file) and kernel interfaces that no answer
/// needs. All other calls are allowed: namespaces contain the process.
/// </summary>
internal static class SystemCallFilter
{
    private const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfAtLeast = 0x35, And = 0x54, Return = 0x06;
    private const uint Allow = 0x7FFF0000, Refuse = 0x00050000 | 1; // EPERM
    private const uint NumberAt = 0, ArchitectureAt = 4, FourthArgumentAt = 16 + (3 * 8);
    private const uint SharedWithoutFile = 0x21; // MAP_SHARED | MAP_ANONYMOUS
    private const uint OtherAbi = 0x4000_0000; // x32 numbers on x86-64

    /// <summary>The program; null if the system call numbers of this machine are not known.</summary>
    public static byte[]? Program => RuntimeInformation.ProcessArchitecture switch
    {
        // memfd_create, memfd_secret, shmget, shmat, userfaultfd, bpf, perf_event_open, io_uring_setup, add_key, request_key, keyctl
        Architecture.X64 => Of(0xC000003E, mapping: 9, 319, 447, 29, 30, 323, 321, 298, 425, 248, 249, 250),
        Architecture.Arm64 => Of(0xC00000B7, mapping: 222, 279, 447, 194, 196, 282, 280, 241, 425, 217, 218, 219),
        _ => null,
    };

    private static byte[] Of(uint architecture, uint mapping, params uint[] refused)
    {
        List<(ushort Code, byte Yes, byte No, uint Value)> program =
        [
            (Load, 0, 0, ArchitectureAt),
            (JumpIfEqual, 1, 0, architecture),
            (Return, 0, 0, Refuse),
            (Load, 0, 0, NumberAt),
            (JumpIfAtLeast, 0, 1, OtherAbi),
            (Return, 0, 0, Refuse),
        ];
        foreach (var number in refused)
            program.AddRange([(JumpIfEqual, 0, 1, number), (Return, 0, 0, Refuse)]);
        program.AddRange(
        [
            (JumpIfEqual, 0, 4, mapping),
            (Load, 0, 0, FourthArgumentAt),
            (And, 0, 0, SharedWithoutFile),
            (JumpIfEqual, 0, 1, SharedWithoutFile),
            (Return, 0, 0, Refuse),
            (Return, 0, 0, Allow),
        ]);
        return [.. program.SelectMany(Bytes)];
    }

    private static byte[] Bytes((ushort Code, byte Yes, byte No, uint Value) instruction)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, instruction.Code);
        (bytes[2], bytes[3]) = (instruction.Yes, instruction.No);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), instruction.Value);
        return bytes;
    }
}
