using Notify.Admin.Sources;

namespace Notify.Admin.ConfigFiles;

/// <summary>What a file says of a source: its form, its kind, and its mapping.</summary>
internal sealed class SourceFileModel
{
    public SourceFormModel Form { get; init; } = new() { PerMinute = "600" };

    public string Kind { get; set; } = "";

    /// <summary>As it is stored; empty for the kind's own.</summary>
    public string Mapping { get; set; } = "";
}
