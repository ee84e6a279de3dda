package workbook.proof.recurring;

class Scheduler1ProofTest extends SchedulerProof {

  Scheduler1ProofTest() {
    super(new Share(1, 3));
  }
}
