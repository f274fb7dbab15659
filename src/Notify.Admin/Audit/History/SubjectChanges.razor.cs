using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;

namespace Notify.Admin.Audit;

/// <summary>Who did what to one channel, workspace or other thing. For those who may read the trail.</summary>
public sealed partial class SubjectChanges
{
    private IReadOnlyList<AuditEntry>? _entries;
    private bool _hasMore;
    private int _version;
    private long? _open;

    [Inject]
    private AuditService Audit { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AuditText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public AuditedSubject Subject { get; set; }

    [Parameter]
    public int Most { get; set; } = 50;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Audit];

    private string Trail => $"audit?subject={Subject}";

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var page = await Audit.ListAsync(
            new AuditFilter { Subject = Subject }, PageCursor.Newest, Most, Actor, cancellationToken);
        (_entries, _hasMore) = (page.Rows, page.Cursors.Older is not null);
        _version++;
    }
}
