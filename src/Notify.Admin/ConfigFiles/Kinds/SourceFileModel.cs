using Notify.Admin.Sources;

namespace Notify.Admin.ConfigFiles;

/// <summary>What a file says of a source: its form, its kind, and its mapping.</summary>
internal sealed class SourceFileModel
{
    /// <summary>At first that of a new source.</summary>
    public SourceFormModel Form { get; init; } = BlankOf("").Values;

    public string Kind { get; set; } = "";

    /// <summary>As it is stored; empty for the kind's own.</summary>
    public string Mapping { get; set; } = "";

    /// <summary>A source before anything is said of it.</summary>
    public static SourceView BlankOf(string kind) =>
        SourceView.Of(new Source { Name = "", Kind = kind, KeyHash = "", KeyLastFour = "", PerMinute = 600 });
}
