using System.Linq.Expressions;

namespace Notify.Admin.Deliveries;

/// <summary>Which of a lane's new deliveries a turn has looked at for repeats: no others are sent or held. All their ids, since a store
/// with several writers may commit an id after a higher one.</summary>
internal sealed class CountedDeliveries
{
    /// <summary>What may be a repeat: not what was tried before, nor what somebody asks for.</summary>
    public static readonly Expression<Func<Delivery, bool>> MayRepeat =
        d => d.State == DeliveryState.Waiting && d.Attempts == 0 && d.RequestedBy == null;

    private static readonly Func<Delivery, bool> MayRepeatHere = MayRepeat.Compile();

    private readonly HashSet<long> _ids = [];

    public long[] Ids => [.. _ids];

    /// <summary>What has a higher id was not looked at.</summary>
    public long Highest { get; private set; }

    /// <summary>What the last plan came across that has a lower id and was not looked at either.</summary>
    public long[] Late { get; private set; } = [];

    /// <summary>These were looked at now.</summary>
    public void Add(IEnumerable<long> ids)
    {
        foreach (var id in ids)
        {
            _ids.Add(id);
            Highest = Math.Max(Highest, id);
        }
    }

    /// <summary>Leaves out what is to be looked at first, and puts it down as late.</summary>
    public IReadOnlyList<Candidate> WithoutLate(IReadOnlyList<Candidate> candidates)
    {
        Late = [.. candidates.Where(IsLate).Select(c => c.Delivery.Id)];
        return Late.Length == 0 ? candidates : [.. candidates.Where(c => !IsLate(c))];

        bool IsLate(Candidate candidate) => MayRepeatHere(candidate.Delivery) && !_ids.Contains(candidate.Delivery.Id);
    }
}
