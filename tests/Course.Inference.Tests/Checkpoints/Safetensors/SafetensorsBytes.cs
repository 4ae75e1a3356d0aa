using System.Buffers.Binary;
using System.Text;

namespace Course.Inference.Tests.Checkpoints.Safetensors;

/// <summary>Safetensors files, valid and broken, assembled byte by byte.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(string header, int dataBytes, ulong? claimedLength = null)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, claimedLength ?? (ulong)json.Length);
        json.CopyTo(file, 8);
        for (var i = 8 + json.Length; i < file.Length; i++)
            file[i] = (byte)i;
        return file;
    }

    public static string Entry(string name, string dtype, string shape, long begin, long end) =>
        $"\"{name}\":{{\"dtype\":\"{dtype}\",\"shape\":{shape},\"data_offsets\":[{begin},{end}]}}";
}
