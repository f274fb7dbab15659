namespace Notify.Admin.Shared;

/// <summary>What a badge or message says by its colour; always beside an icon and a word.</summary>
public enum Tone
{
    Neutral,
    Info,
    Success,
    Warning,
    Danger,
    Accent,
}

internal static class ToneLook
{
    public static string ToCss(this Tone tone) => tone switch
    {
        Tone.Neutral => "tone-neutral",
        Tone.Info => "tone-info",
        Tone.Success => "tone-success",
        Tone.Warning => "tone-warning",
        Tone.Danger => "tone-danger",
        Tone.Accent => "tone-accent",
    };

    public static IconName ToIcon(this Tone tone) => tone switch
    {
        Tone.Success => IconName.CheckCircle,
        Tone.Warning => IconName.Alert,
        Tone.Danger => IconName.XCircle,
        Tone.Neutral or Tone.Info or Tone.Accent => IconName.Info,
    };
}
