using System.Text.Json;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.SlackButtons;

/// <summary>Does what somebody asks for by a button of a message: finds who that is here, and whether they may. Whoever may not is told
/// why, and nobody else.</summary>
internal sealed class ButtonReceiver(
    SlackIntegrationStore integrations,
    PressingPeople people,
    AcknowledgementService acknowledgements,
    MuteService mutes,
    ButtonAnswers answers,
    RecentPresses recent,
    AuditTrail trail,
    AuditRepeats repeats) : ISocketReceiver
{
    public async Task ReceiveAsync(int workspaceId, JsonElement payload, CancellationToken cancellationToken)
    {
        if (ButtonPress.Read(payload) is not
            {
                ActionId: SlackButton.Acknowledge or SlackButton.MuteHour or SlackButton.MuteUntilFixed
            } press
            || !recent.TryBegin(press.Key))
        {
            // Slack tells of links that were followed too, and repeats what was not acknowledged in time.
            return;
        }

        try
        {
            var integration = await integrations.FindByChannelAsync(press.ChannelId, cancellationToken);
            var answer = integration is { Buttons: true } && integration.WorkspaceId == workspaceId
                ? await ActAsync(workspaceId, integration, press, cancellationToken)
                : new ButtonAnswer("Off");
            if (answer is not null)
            {
                await answers.TellAsync(workspaceId, press, integration?.Language ?? SlackLanguage.En, answer, cancellationToken);
            }
        }
        catch
        {
            recent.Forget(press.Key);
            throw;
        }
    }

    /// <returns>What to tell whoever has pressed; null where the message itself says it.</returns>
    private async Task<ButtonAnswer?> ActAsync(
        int workspaceId, SlackIntegration integration, ButtonPress press, CancellationToken cancellationToken)
    {
        var person = await people.FindAsync(workspaceId, press, cancellationToken);
        if (person.Actor is not { } actor || !actor.May(Policies.Operate))
        {
            var reason = person.Actor is null ? person.Refusal! : new ButtonAnswer("Role", person.Actor.Name);
            await RefuseAsync(workspaceId, integration, press, person, reason);
            return reason;
        }

        var pressed = new PressedMessage(
            new ChannelKey(ChannelKind.Slack, integration.Id), press.Value, press.ChannelId, press.MessageId);
        return press.ActionId == SlackButton.Acknowledge
            ? AnswerOf(await acknowledgements.AcknowledgeAsync(pressed, actor, cancellationToken), actor)
            : AnswerOf(
                await mutes.MuteAsync(
                    pressed, press.ActionId == SlackButton.MuteHour ? TimeSpan.FromHours(1) : null, actor, cancellationToken),
                press.ActionId == SlackButton.MuteHour ? "MutedHour" : "MutedUntilFixed");
    }

    private static ButtonAnswer? AnswerOf(AcknowledgeResult result, Actor actor) => result switch
    {
        { IsFound: false } => new ButtonAnswer("Gone"),
        // Told again after a restart, or pressed in a message that has not changed yet.
        { Before: { } before } when before.By != actor.Name => new ButtonAnswer("Already", before.By),
        _ => null,
    };

    private static ButtonAnswer? AnswerOf(MuteOutcome outcome, string done) => outcome switch
    {
        MuteOutcome.Muted => new ButtonAnswer(done),
        MuteOutcome.Already => null,
        MuteOutcome.Gone => new ButtonAnswer("Gone"),
        MuteOutcome.NoProblem => new ButtonAnswer("NoProblem"),
    };

    private Task RefuseAsync(
        int workspaceId, SlackIntegration integration, ButtonPress press, PressingPerson person, ButtonAnswer reason) => repeats.CountAsync(
            trail.Repeated(
                person.Actor ?? new Actor(null, person.Email ?? press.UserId, null, PressingPeople.OriginOf(press)),
                press.ActionId == SlackButton.Acknowledge ? "event.acknowledge" : "problem.mute",
                new AuditSubject(AuditedChannel.KindOf(ChannelKind.Slack),
                    AuditedChannel.IdOf(new ChannelKey(ChannelKind.Slack, integration.Id)), integration.Name),
                [new FieldChange("reason", null, reason.Reason)], AuditResult.Refused, $"slack {workspaceId} {press.UserId}"));
}
