using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Notify.Admin.Rules;

/// <summary>The vendor's number for an asset group, held as a string. One spelling for each number, so that ids can be compared as
/// text.</summary>
public static class AssetGroupId
{
    /// <summary>For the message that refuses an id.</summary>
    public const string Rule = "must be decimal digits, at most 2147483647";

    /// <summary>Reads decimal digits within int32; leading zeros are dropped.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? id)
    {
        // The framework's parser takes trailing NUL characters.
        if (text is null || !text.All(char.IsAsciiDigit)
            || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            id = null;
            return false;
        }

        id = text[0] == '0' ? number.ToString(CultureInfo.InvariantCulture) : text;
        return true;
    }
}
