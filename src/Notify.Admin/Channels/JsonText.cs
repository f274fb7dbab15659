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
        if (!element.GetRawText().Contains("\\ud", StringComparison.OrdinalIgnoreCase))
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
