using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>What one payload, one mapping and one event may take: work stays bounded whatever is sent or written.</summary>
public static class MappingLimits
{
    /// <summary>Levels of JSON, and steps of a path.</summary>
    public const int Depth = 64;

    /// <summary>Elements of all split arrays together, so events of one payload.</summary>
    public const int Elements = 1000;

    /// <summary>Characters of all events of one payload together: what every event repeats of the payload would otherwise multiply
    /// it.</summary>
    public const int OutputCharacters = 8_000_000;

    public const int MappingCharacters = 64 * 1024;
    public const int Alternatives = 16;
    public const int Rows = 256;
    public const int Conditions = 32;
    public const int LabelRules = 64;
    public const int Splits = 8;
    public const int Placeholders = 32;

    public const int Labels = 64;
    public const int LabelName = 128;
    public const int LabelValue = 1024;
    public const int Id = 512;
    public const int Kind = 128;
    public const int Title = 512;
    public const int Text = 8192;
    public const int Asset = 512;
    public const int Group = 256;
    public const int Link = 2048;

    /// <summary>What a message repeats of a mapping or a payload.</summary>
    internal static string Shown(string text) => PlainText.Shorten(text, 60);
}
