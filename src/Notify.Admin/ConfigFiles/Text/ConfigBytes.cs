using System.Text;

namespace Notify.Admin.ConfigFiles;

/// <summary>A file as text.</summary>
/// <param name="Text">Null where it is none.</param>
/// <param name="Problem">What is wrong with it then.</param>
/// <param name="Failure">Why it could not be opened. For the log: it names places on this machine.</param>
internal sealed record ConfigReading(string? Text, ConfigProblem? Problem, Exception? Failure = null)
{
    /// <summary>Of a file that is listed and cannot be opened.</summary>
    public static ConfigReading Unread(Exception why) => new(null, new ConfigProblem(1, ConfigYaml.Whole, ConfigRules.Unread.Say()), why);
}

/// <summary>The bytes of a file as text. What cannot be read as it was written would be applied with other names.</summary>
internal static class ConfigBytes
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ConfigReading Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > ConfigService.MostBytes)
        {
            return new ConfigReading(null, new ConfigProblem(1, ConfigYaml.Whole,
                ConfigRules.TooLarge(ConfigService.MostBytes / (1024 * 1024)).Say()));
        }

        try
        {
            return new ConfigReading(Utf8.GetString(bytes).TrimStart('\uFEFF'), null);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n');
            return new ConfigReading(null, new ConfigProblem(line, ConfigYaml.Whole, ConfigRules.Utf8.Say()));
        }
    }
}
