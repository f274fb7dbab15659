using System.Buffers;
using System.Buffers.Binary;
using System.Data;
using System.Text;
using Notify.Admin.Security;
using Npgsql;

namespace Notify.Admin.Data;

/// <summary>A binary <c>COPY</c>, put together in memory and sent many rows at once: by the driver's own importer each value is an
/// asynchronous call, and those took longer than the values.</summary>
/// <remarks>Source: PostgreSQL's documentation of COPY, "Binary Format".</remarks>
internal sealed class PostgresCopy
{
    private const int PieceSize = 64 * 1024;

    // Signature, flags, and the length of what may follow in a later version.
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly ArrayBufferWriter<byte> _rows = new(16 * 1024);

    private PostgresCopy()
    {
    }

    /// <summary>Sends rows, inside the connection's transaction.</summary>
    /// <param name="copy"><c>COPY … FROM STDIN (FORMAT BINARY)</c>.</param>
    /// <param name="columns">How many it names.</param>
    /// <param name="add">Adds a row's values, in their order.</param>
    /// <exception cref="PostgresException">The store refused one of them.</exception>
    public static async Task SendAsync<T>(NpgsqlConnection connection, string copy, int columns, IEnumerable<T> rows,
        Action<PostgresCopy, T> add, CancellationToken cancellationToken)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(copy, cancellationToken);
        try
        {
            var piece = new PostgresCopy();
            piece._rows.Write(Header);
            foreach (var row in rows)
            {
                piece.Write((short)columns);
                add(piece, row);
                if (piece._rows.WrittenCount >= PieceSize)
                {
                    await stream.WriteAsync(piece._rows.WrittenMemory, cancellationToken);
                    piece._rows.ResetWrittenCount();
                }
            }

            piece.Write((short)-1);
            await stream.WriteAsync(piece._rows.WrittenMemory, cancellationToken);
        }
        catch when (connection.State == ConnectionState.Open)
        {
            // Ended like that it would be taken for whole, and the server's complaint about it for what went wrong.
            await stream.CancelAsync();
            throw;
        }
    }

    /// <summary>The next value: a <c>bigint</c>; null is NULL.</summary>
    public PostgresCopy Add(long? value)
    {
        if (value is not { } number)
        {
            return Null();
        }

        Write(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_rows.GetSpan(sizeof(long)), number);
        _rows.Advance(sizeof(long));
        return this;
    }

    /// <summary>The next value: an <c>integer</c>; null is NULL.</summary>
    public PostgresCopy Add(int? value)
    {
        if (value is not { } number)
        {
            return Null();
        }

        Write(sizeof(int));
        Write(number);
        return this;
    }

    /// <summary>The next value: a <c>boolean</c>.</summary>
    public PostgresCopy Add(bool value)
    {
        Write(1);
        _rows.Write([value ? (byte)1 : (byte)0]);
        return this;
    }

    /// <summary>The next value as the model stores it.</summary>
    public PostgresCopy Add(DateTimeOffset? value) => Add(value?.UtcTicks);

    /// <summary>The next value: a text; null is NULL.</summary>
    public PostgresCopy Add(string? value)
    {
        if (value is null)
        {
            return Null();
        }

        var text = ForeignText.Storable(value);
        var place = _rows.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, place[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(place, length);
        _rows.Advance(sizeof(int) + length);
        return this;
    }

    private PostgresCopy Null()
    {
        Write(-1);
        return this;
    }

    private void Write(int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(_rows.GetSpan(sizeof(int)), number);
        _rows.Advance(sizeof(int));
    }

    private void Write(short number)
    {
        BinaryPrimitives.WriteInt16BigEndian(_rows.GetSpan(sizeof(short)), number);
        _rows.Advance(sizeof(short));
    }
}
