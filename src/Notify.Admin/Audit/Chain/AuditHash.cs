using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.Audit;

/// <summary>The hash of a sealed entry: SHA-256, as lower-case hex, over the hash before it, its number in the chain and everything it
/// says. Each value is preceded by its length, so that no two entries are written alike.</summary>
internal static class AuditHash
{
    // Part of what is hashed: another way of writing entries gets another number.
    private const string Version = "1";

    /// <param name="previous">The hash of the entry before, or <see cref="AuditChain.Beginning"/>.</param>
    /// <param name="sequence">The entry's number in the chain, from 1.</param>
    public static string Of(string previous, long sequence, AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Version);
        Append(hash, previous);
        Append(hash, Text(sequence));
        Append(hash, Text(entry.Id));
        Append(hash, Text(entry.At.UtcTicks));
        Append(hash, entry.UserId);
        Append(hash, entry.ActorName);
        Append(hash, entry.Origin);
        Append(hash, entry.Action);
        Append(hash, entry.SubjectKind);
        Append(hash, entry.SubjectId);
        Append(hash, entry.SubjectName);
        Append(hash, Text((int)entry.Result));
        Append(hash, Text(entry.Count));
        Append(hash, entry.Changes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Append(IncrementalHash hash, string? value)
    {
        Span<byte> length = stackalloc byte[4];
        if (value is null)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, -1);
            hash.AppendData(length);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
