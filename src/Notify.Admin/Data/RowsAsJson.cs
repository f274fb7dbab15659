using System.Text.Encodings.Web;
using System.Text.Json;

namespace Notify.Admin.Data;

/// <summary>Rows in one parameter, for <c>OPENJSON</c> and what other servers have for it.</summary>
internal static class RowsAsJson
{
    // A column of its own has UTF-16: nothing needs an escape that JSON does not.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="rows">Values, or anonymous objects whose members are named as the columns.</param>
    public static string Of<T>(IEnumerable<T> rows) => JsonSerializer.Serialize(rows, Options);
}
