using System.Runtime.InteropServices;
using System.Text.Json;

namespace Notify.Admin.Channels;

/// <summary>Tells JSON whose strings are text from JSON whose strings cannot be read.</summary>
public static class JsonText
{
    /// <summary>Whether no string and no name in it is half of a surrogate pair: the parser lets those pass, and whoever reads them
    /// fails.</summary>
    public static bool IsWellFormed(JsonElement element)
    {
        // Only an escape can smuggle one into UTF-8, so most values need no walk.
        if (!HasEscapedSurrogate(JsonMarshal.GetRawUtf8Value(element)))
        {
            return true;
        }

        try
        {
            Walk(element);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool HasEscapedSurrogate(ReadOnlySpan<byte> json) =>
        json.IndexOf("\\u"u8) is >= 0 and var first
        && (json[first..].IndexOf("\\ud"u8) >= 0 || json[first..].IndexOf("\\uD"u8) >= 0);

    private static void Walk(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Walk(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Walk(item);
                }

                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
        }
    }
}
