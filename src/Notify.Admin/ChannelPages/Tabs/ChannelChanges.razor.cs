using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.ChannelPages;

/// <summary>Who changed, tested and tried a channel again. For those who may read the trail.</summary>
public sealed partial class ChannelChanges
{
    private const int Most = 50;

    private IReadOnlyList<AuditEntry>? _entries;
    private bool _hasMore;
    private int _version;
    private long? _open;

    [Inject]
    private AuditService Audit { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChannelPagesText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChannelKey Channel { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Audit];

    private AuditedSubject Subject => new(AuditedChannel.KindOf(Channel.Kind), AuditedChannel.IdOf(Channel));

    private string Trail => $"audit?subject={Subject}";

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var page = await Audit.ListAsync(
            new AuditFilter { Subject = Subject }, PageCursor.Newest, Most, Actor, cancellationToken);
        (_entries, _hasMore) = (page.Rows, page.Cursors.Older is not null);
        _version++;
    }
}
