using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.Shared;

/// <summary>An event's severity: icon, word and colour, the same everywhere.</summary>
public sealed partial class SeverityBadge
{
    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public Severity Value { get; set; }

    private IconName Drawing => Value switch
    {
        Severity.Critical => IconName.Critical,
        Severity.High => IconName.Alert,
        Severity.Medium => IconName.ArrowUp,
        Severity.Low => IconName.ArrowDown,
        Severity.Informative => IconName.Info,
        Severity.NotStated => IconName.Help,
    };

    private string Css => Value switch
    {
        Severity.Critical => "severity-critical",
        Severity.High => "severity-high",
        Severity.Medium => "severity-medium",
        Severity.Low => "severity-low",
        Severity.Informative => "severity-informative",
        Severity.NotStated => "severity-not-stated",
    };
}
