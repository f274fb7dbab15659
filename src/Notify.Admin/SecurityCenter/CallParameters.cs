using System.Globalization;
using Notify.Admin.Security;

namespace Notify.Admin.SecurityCenter;

/// <summary>The parameters of a call, read with the vendor's errors. Names are case-sensitive; those an operation does not know are
/// passed over, since clients add their own.</summary>
internal sealed class CallParameters(IReadOnlyDictionary<string, string> values)
{
    /// <summary>Null when it was not given; may be empty.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);

    public string Require(string name) =>
        Find(name) is { Length: > 0 } value ? value : throw new CallRefusedException(SecurityCenterError.Missing(name));

    /// <summary>A whole number in the range, or null when it was not given.</summary>
    public int? FindInt(string name, int min, int max) => Find(name) is { } text ? ReadInt(name, text, min, max) : null;

    public int RequireInt(string name, int min, int max) => ReadInt(name, Require(name), min, max);

    /// <summary>Text that can be stored and shown: no control characters.</summary>
    public static string CheckText(string name, string text, int minLength, int maxLength)
    {
        if (text.Length < minLength || text.Length > maxLength)
        {
            throw Invalid(name, $"it must have {minLength} to {maxLength} characters");
        }

        if (!PlainText.IsLine(text))
        {
            throw Invalid(name, "it must not contain control characters or what is no character");
        }

        return text;
    }

    public static CallRefusedException Invalid(string path, string rule) => new(SecurityCenterError.Invalid(path, rule));

    public static int ReadInt(string path, string text, int min, int max) =>
        text.All(character => char.IsAsciiDigit(character) || character == '-')
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= min
        && number <= max
            ? number
            : throw Invalid(path, $"it must be a whole number from {min.ToString(CultureInfo.InvariantCulture)} to {max.ToString(CultureInfo.InvariantCulture)}");
}
