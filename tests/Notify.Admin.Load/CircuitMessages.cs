using System.Buffers.Binary;
using System.Text;

namespace Notify.Admin.Load;

/// <summary>Reads the forms of MessagePack that a circuit's messages are made of.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <returns>How many elements follow.</returns>
    public int ReadArray()
    {
        var head = Take(1)[0];
        return head switch
        {
            >= 0x90 and <= 0x9f => head & 0x0f,
            0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            _ => throw Unexpected(head, "an array"),
        };
    }

    public long ReadInteger()
    {
        var head = Take(1)[0];
        return head switch
        {
            <= 0x7f => head,
            >= 0xe0 => (sbyte)head,
            0xcc => Take(1)[0],
            0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            0xd0 => (sbyte)Take(1)[0],
            0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            0xcf or 0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            _ => throw Unexpected(head, "a number"),
        };
    }

    /// <summary>Of text or bytes; null where there is nothing.</summary>
    public string? ReadText()
    {
        var head = Take(1)[0];
        return head == 0xc0 ? null : Encoding.UTF8.GetString(Take(LengthOf(head)));
    }

    /// <returns>How many bytes were skipped.</returns>
    public int SkipBytes()
    {
        var length = LengthOf(Take(1)[0]);
        Take(length);
        return length;
    }

    /// <summary>Anything that stands between what is read: empty headers, ids.</summary>
    public void Skip()
    {
        switch (_rest[0])
        {
            case 0xc0 or 0xc2 or 0xc3 or 0x80:
                Take(1);
                break;
            case (>= 0xa0 and <= 0xbf) or (>= 0xc4 and <= 0xc6) or (>= 0xd9 and <= 0xdb):
                SkipBytes();
                break;
            case >= 0x81 and <= 0x8f:
                for (var left = 2 * (Take(1)[0] & 0x0f); left > 0; left--)
                {
                    Skip();
                }

                break;
            default:
                ReadInteger();
                break;
        }
    }

    private int LengthOf(byte head) => head switch
    {
        >= 0xa0 and <= 0xbf => head & 0x1f,
        0xc4 or 0xd9 => Take(1)[0],
        0xc5 or 0xda => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xc6 or 0xdb => (int)BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        _ => throw Unexpected(head, "text or bytes"),
    };

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static InvalidDataException Unexpected(byte head, string wanted) => new($"0x{head:x2} is not {wanted}.");
}

/// <summary>Messages of the hub protocol "blazorpack", each behind its length.</summary>
internal static class CircuitMessages
{
    public const int Invocation = 1;
    public const int Completion = 3;
    public const int Close = 7;

    public static readonly byte[] Ping = [2, 0x91, 6];

    /// <summary>Calls a method of the hub.</summary>
    /// <param name="id">Null: no answer is wanted.</param>
    public static byte[] Invoke(string? id, string method, params object?[] arguments)
    {
        using var body = new MemoryStream();
        body.Write([0x96, Invocation, 0x80]);
        Write(body, id);
        Write(body, method);
        body.WriteByte((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments)
        {
            Write(body, argument);
        }

        body.WriteByte(0x90);
        using var message = new MemoryStream();
        for (var left = (uint)body.Length; ; left >>= 7)
        {
            message.WriteByte((byte)(left > 0x7f ? (left & 0x7f) | 0x80 : left));
            if (left <= 0x7f)
            {
                break;
            }
        }

        body.WriteTo(message);
        return message.ToArray();
    }

    /// <summary>The first message in what has come so far; false while it is not whole.</summary>
    public static bool TryTake(ReadOnlySpan<byte> come, out ReadOnlySpan<byte> message, out int taken)
    {
        message = [];
        taken = 0;
        var length = 0;
        for (var i = 0; i < Math.Min(5, come.Length); i++)
        {
            length |= (come[i] & 0x7f) << (7 * i);
            if ((come[i] & 0x80) == 0)
            {
                taken = i + 1 + length;
                if (come.Length < taken)
                {
                    return false;
                }

                message = come.Slice(i + 1, length);
                return true;
            }
        }

        return false;
    }

    private static void Write(MemoryStream to, object? value)
    {
        Span<byte> number = stackalloc byte[9];
        switch (value)
        {
            case null:
                to.WriteByte(0xc0);
                break;
            case bool flag:
                to.WriteByte(flag ? (byte)0xc3 : (byte)0xc2);
                break;
            case long whole:
                number[0] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(number[1..], whole);
                to.Write(number);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                number[0] = 0xdb;
                BinaryPrimitives.WriteUInt32BigEndian(number[1..], (uint)bytes.Length);
                to.Write(number[..5]);
                to.Write(bytes);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is not sent.", nameof(value));
        }
    }
}
